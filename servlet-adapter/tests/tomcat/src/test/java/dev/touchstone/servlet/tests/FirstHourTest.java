package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.servlet.TouchstoneFilter;
import dev.touchstone.servlet.TouchstoneInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of an application that starts to use the library. */
class FirstHourTest {

    @Test
    void oneLineAtStartSaysWhatIsOn(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(Touchstone.class)) {
            Container.Running shop =
                    new TomcatContainer().start(Site.in(folder).parameter("touchstone.page.enabled", "true"));
            shop.stop();
            assertThat(logged.messages())
                    .filteredOn(message -> message.startsWith("INFO"))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "INFO Touchstone \"touchstone\" is on. Touchpoints: 10; journeys: 0; customers: the principal"
                                    + " of the request; without one, events are anonymous")
                    .contains("; page: /touchstone/; ")
                    .endsWith("scores after a restart: none (touchstone.snapshot-directory is not set).");
        }
    }

    @Test
    void lineNamesItsContext(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(Touchstone.class)) {
            stop(tomcat(folder, context -> context.addServletContainerInitializer(new TouchstoneInitializer(), null)));
            assertThat(logged.messages())
                    .filteredOn(message -> message.startsWith("INFO"))
                    .singleElement()
                    .asString()
                    .startsWith("INFO Touchstone \"touchstone\" is on in the context \"/shop\". Touchpoints: ");
        }
    }

    @Test
    void endThatIsDeclaredNowhereIsAWarning(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(Touchstone.class)) {
            Container.Running shop = new TomcatContainer()
                    .start(Site.in(folder)
                            .catalog("{ \"touchpoints\": [ { \"name\": \"confirm\", \"routes\": [\"GET /done\"] } ],"
                                    + " \"journeys\": [ { \"name\": \"purchase\", \"ends\": [\"confrim\"] } ] }"));
            shop.stop();
            assertThat(logged.messages())
                    .contains("WARNING Touchstone: touchstone.json#/journeys/0/ends/0: the touchpoint \"confrim\" is"
                            + " declared nowhere else; did you mean \"confirm\"?");
        }
    }

    @Test
    void contextWithoutFilterIsWarnedAboutOnce(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(TouchstoneFilter.class)) {
            Tomcat tomcat = tomcat(folder, context -> {});
            get(tomcat);
            get(tomcat);
            stop(tomcat);
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARNING TouchstoneFilter is not registered in the context \"/shop\": nothing is recorded")
                    .contains("context.addServletContainerInitializer(new TouchstoneInitializer(), null)");
        }
    }

    @Test
    void contextThatDoesAsTheWarningSaysRecords(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(TouchstoneFilter.class)) {
            Tomcat tomcat = tomcat(
                    folder, context -> context.addServletContainerInitializer(new TouchstoneInitializer(), null));
            assertThat(get(tomcat)).contains("recorded");
            stop(tomcat);
            assertThat(logged.messages()).isEmpty();
        }
    }

    @Test
    void contextThatIsOffOrHasAFilterMadeInCodeIsNotWarnedAbout(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(TouchstoneFilter.class);
                Touchstone touchstone = Touchstone.create()) {
            Tomcat off = tomcat(folder, context -> context.addParameter("touchstone.enabled", "false"));
            get(off);
            stop(off);
            Tomcat excluded = tomcat(folder, context -> {
                FilterDef filter = new FilterDef();
                filter.setFilterName("mine");
                filter.setFilter(
                        TouchstoneFilter.of(touchstone).exclude("/visit").build());
                context.addFilterDef(filter);
                FilterMap everything = new FilterMap();
                everything.setFilterName("mine");
                everything.addURLPattern("/*");
                context.addFilterMap(everything);
            });
            get(excluded);
            stop(excluded);
            assertThat(logged.messages()).isEmpty();
        }
    }

    @Test
    void settingThatIsAParameterOfTheFilterIsRefused(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged("org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/shop]")) {
            Tomcat tomcat = tomcat(folder, context -> {
                FilterDef filter = new FilterDef();
                filter.setFilterName("touchstone");
                filter.setFilter(new TouchstoneFilter());
                filter.addInitParameter("touchstone.name", "shop");
                context.addFilterDef(filter);
            });
            stop(tomcat);
            assertThat(logged.messages())
                    .anySatisfy(message -> assertThat(message)
                            .contains(
                                    "Touchstone cannot start. touchstone.name: is a parameter of the filter, which is not"
                                            + " read; make it a parameter of the servlet context (context-param)"));
        }
    }

    private interface Setup {

        void of(Context context);
    }

    private static Tomcat tomcat(Path folder, Setup setup) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        StandardContext context = (StandardContext) tomcat.addContext("/shop", folder.toString());
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        Tomcat.addServlet(context, "visit", new Visit()).addMapping("/visit");
        setup.of(context);
        tomcat.start();
        return tomcat;
    }

    private static String get(Tomcat tomcat) throws IOException {
        try (Wire wire = new Wire(tomcat.getConnector().getLocalPort())) {
            return wire.exchange("GET /shop/visit HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
        }
    }

    private static void stop(Tomcat tomcat) throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Visit extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            TouchstoneFilter.interaction(request).transfer();
            response.getWriter()
                    .print(request.getAttribute(TouchstoneFilter.INTERACTION) == null ? "lost" : "recorded");
        }
    }
}
