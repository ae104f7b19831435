package dev.touchstone.spring;

import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.event.PseudonymKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds properties below {@code touchstone} that no setting reads. Environment variables are checked separately,
 * because other software sets variables that begin with {@code TOUCHSTONE_}, such as Kubernetes for a service of
 * that name.
 */
final class UnknownProperties {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("touchstone");

    private static final String VARIABLE = "TOUCHSTONE_";
    /** The variables that Kubernetes sets for a service of that name. */
    private static final Pattern OF_SERVICES = Pattern.compile("_SERVICE_HOST$|_SERVICE_PORT|_PORT$|_PORT_\\d+_");

    private UnknownProperties() {}

    /** Returns a problem for each unknown property, in alphabetical order. */
    static List<String> in(Environment environment) {
        Set<ConfigurationPropertyName> present = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(source -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
                .filter(source -> source.containsDescendantOf(ROOT) != ConfigurationPropertyState.ABSENT)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(ROOT::isAncestorOf)
                .collect(Collectors.toCollection(TreeSet::new));
        if (present.isEmpty()) {
            return List.of();
        }
        Set<ConfigurationPropertyName> read = read(environment);
        Set<String> known =
                read.stream().map(ConfigurationPropertyName::toString).collect(Collectors.toSet());
        return present.stream()
                .filter(name -> !read.contains(name))
                .map(name -> name + ": is not a property of Touchstone" + NearestName.hint(name.toString(), known))
                .toList();
    }

    /**
     * Returns a warning for each environment variable that no setting reads and whose name resembles a setting. Such
     * variables do not stop the application, because they may have another purpose.
     */
    static List<String> misspeltVariables(Environment environment) {
        Set<String> present = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(ConfigurationPropertySource::getUnderlyingSource)
                .filter(SystemEnvironmentPropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((SystemEnvironmentPropertySource) source).getPropertyNames()))
                .filter(name -> name.startsWith(VARIABLE)
                        && !name.equals(PseudonymKey.ENVIRONMENT_VARIABLE)
                        && !OF_SERVICES.matcher(name).find())
                .collect(Collectors.toCollection(TreeSet::new));
        if (present.isEmpty()) {
            return List.of();
        }
        Map<String, String> known = new HashMap<>();
        read(environment).stream()
                .filter(ROOT::isAncestorOf)
                .forEach(name -> known.put(letters(name.toString()), name.toString()));
        return present.stream()
                .filter(name -> !known.containsKey(letters(name)))
                .flatMap(name -> NearestName.of(letters(name), known.keySet()).stream()
                        .map(near -> "the environment variable " + name + " matches no setting; did you mean \""
                                + known.get(near) + "\"?"))
                .toList();
    }

    /** Returns the letters and digits that identify a setting in any notation. */
    private static String letters(String name) {
        return name.substring(VARIABLE.length()).replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns every name that the binder looks up, with or without a value. */
    private static Set<ConfigurationPropertyName> read(Environment environment) {
        Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
        BindHandler recorder = new BindHandler() {
            @Override
            public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
                names.add(name);
                return target;
            }
        };
        Binder binder = Binder.get(environment);
        binder.bind(ROOT, Bindable.of(TouchstoneProperties.class), recorder);
        binder.bind(ROOT.append("telemetry"), Bindable.of(TelemetryProperties.class), recorder);
        binder.bind(ROOT.append("kafka"), Bindable.of(KafkaProperties.class), recorder);
        return names;
    }
}
