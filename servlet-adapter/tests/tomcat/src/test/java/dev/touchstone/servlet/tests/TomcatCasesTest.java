package dev.touchstone.servlet.tests;

class TomcatCasesTest extends CaseContract {

    TomcatCasesTest() {
        super(new TomcatContainer());
    }
}
