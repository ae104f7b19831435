package dev.touchstone.servlet.tests;

class TomcatTest extends ServletContract {

    TomcatTest() {
        super(new TomcatContainer());
    }
}
