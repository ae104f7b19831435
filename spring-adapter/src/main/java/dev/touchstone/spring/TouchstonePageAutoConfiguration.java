package dev.touchstone.spring;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * The page that shows how the customers are doing, where {@code touchstone.page.enabled} is true: beside the application,
 * unless its management has a port of its own, on which it is then.
 */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("touchstone.page.enabled")
@Conditional(TouchstonePageAutoConfiguration.OnPortOfApplication.class)
@Import({ServletPage.class, ReactivePage.class})
public final class TouchstonePageAutoConfiguration {

    /** Without the Actuator there is no other port. */
    static final class OnPortOfApplication extends NoneNestedConditions {

        OnPortOfApplication() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        /** There is another one. */
        @ConditionalOnClass(ManagementPortType.class)
        @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
        static class OnPortOfManagement {}
    }
}
