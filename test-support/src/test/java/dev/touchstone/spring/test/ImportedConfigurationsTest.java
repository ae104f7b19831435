package dev.touchstone.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.spring.TouchstoneAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/** A test of a slice configures nothing but what the annotation imports. */
class ImportedConfigurationsTest {

    @Test
    void annotationImportsEveryConfigurationOfTheStarter() {
        List<String> expected = new ArrayList<>(candidates(AutoConfiguration.class).stream()
                .filter(name -> name.startsWith(TouchstoneAutoConfiguration.class.getPackageName()))
                .toList());
        assertThat(expected).isNotEmpty();
        expected.add(TouchstoneTestAutoConfiguration.class.getName());
        assertThat(candidates(AutoConfigureTouchstone.class)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> candidates(Class<?> annotation) {
        return ImportCandidates.load(annotation, ImportedConfigurationsTest.class.getClassLoader())
                .getCandidates();
    }
}
