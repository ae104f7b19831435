package dev.touchstone.servlet.tests;

class UndertowTest extends ServletContract {

    UndertowTest() {
        super(new UndertowContainer());
    }
}
