package dev.touchstone.servlet.tests;

class JettyDeploymentTest extends DeploymentContract {

    JettyDeploymentTest() {
        super(new JettyContainer());
    }
}
