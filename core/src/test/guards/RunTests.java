import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests named as class#method. Exits with 0 if all pass, with 1 if one fails, with 2 if none was run. */
public final class RunTests {

    private RunTests() {}

    public static void main(String[] tests) {
        Set<String> wanted = Set.of(tests);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(tests)
                        .map(test -> test.substring(0, test.indexOf('#')))
                        .distinct()
                        .map(DiscoverySelectors::selectClass)
                        .collect(Collectors.toList()))
                .filters((PostDiscoveryFilter) descriptor -> {
                    TestSource source = descriptor.getSource().orElse(null);
                    return FilterResult.includedIf(!(source instanceof MethodSource)
                            || wanted.contains(((MethodSource) source).getClassName() + "#"
                                    + ((MethodSource) source).getMethodName()));
                })
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures().forEach(failure -> System.out.println(
                failure.getTestIdentifier().getDisplayName() + ": " + failure.getException().getClass().getName()));
        if (summary.getTestsStartedCount() == 0) {
            System.exit(2);
        }
        System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1); // threads of a mutant may still run
    }
}
