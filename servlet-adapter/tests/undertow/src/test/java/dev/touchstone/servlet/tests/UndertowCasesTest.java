package dev.touchstone.servlet.tests;

class UndertowCasesTest extends CaseContract {

    UndertowCasesTest() {
        super(new UndertowContainer());
    }
}
