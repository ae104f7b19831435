package dev.touchstone.spring;

/** The header by which a browser says that its user does not want to be followed: {@code Sec-GPC: 1}. */
final class PrivacyControl {

    static final String HEADER = "Sec-GPC";

    private PrivacyControl() {}
}
