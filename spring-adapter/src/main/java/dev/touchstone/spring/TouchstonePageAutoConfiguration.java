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
 * The page that shows the scores, if {@code touchstone.page.enabled} is true. It is served on the management port if
 * that is a separate one, otherwise with the application.
 */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("touchstone.page.enabled")
@Conditional(TouchstonePageAutoConfiguration.OnPortOfApplication.class)
@Import({ServletPage.class, ReactivePage.class})
public final class TouchstonePageAutoConfiguration {

    /** The page is served with the application. Without the Actuator there is no other port. */
    static final class OnPortOfApplication extends NoneNestedConditions {

        OnPortOfApplication() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        /** The management has a separate port. */
        @ConditionalOnClass(ManagementPortType.class)
        @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
        static class OnPortOfManagement {}
    }
}
