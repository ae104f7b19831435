package dev.touchstone.servlet.tests;

class UndertowDeploymentTest extends DeploymentContract {

    UndertowDeploymentTest() {
        super(new UndertowContainer());
    }
}
