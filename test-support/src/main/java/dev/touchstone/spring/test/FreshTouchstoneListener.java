package dev.touchstone.spring.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Lets each test of a class with {@link AutoConfigureTouchstone} start anew. Found by Spring through its factories. */
final class FreshTouchstoneListener extends AbstractTestExecutionListener {

    /** Before anything that a test may record, such as in scripts or transactions. */
    private static final int ORDER = 1_990;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void beforeTestMethod(TestContext testContext) {
        if (testContext.hasApplicationContext()) {
            testContext
                    .getApplicationContext()
                    .getBeanProvider(FreshTouchstone.class)
                    .ifAvailable(FreshTouchstone::reset);
        }
    }
}
