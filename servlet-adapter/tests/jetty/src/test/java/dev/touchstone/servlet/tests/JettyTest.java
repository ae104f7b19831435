package dev.touchstone.servlet.tests;

class JettyTest extends ServletContract {

    JettyTest() {
        super(new JettyContainer());
    }
}
