package dev.touchstone.spring;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;

/** The page on a separate management port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("touchstone.page.enabled")
@Import({ServletPage.class, ReactivePage.class})
public final class TouchstonePageManagementConfiguration {}
