package dev.touchstone.servlet.tests;

class JettyCasesTest extends CaseContract {

    JettyCasesTest() {
        super(new JettyContainer());
    }
}
