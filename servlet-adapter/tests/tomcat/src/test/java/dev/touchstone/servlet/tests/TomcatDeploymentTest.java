package dev.touchstone.servlet.tests;

class TomcatDeploymentTest extends DeploymentContract {

    TomcatDeploymentTest() {
        super(new TomcatContainer());
    }
}
