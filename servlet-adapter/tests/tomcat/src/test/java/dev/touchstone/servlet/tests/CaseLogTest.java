package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.http.CaseContent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each write on a recovery case is in the log, and who it is about is not. */
class CaseLogTest {

    private static final String OPENING =
            "{\"customer\": \"canary-4711\", \"touchpoint\": \"pay\", \"reason\": \"called again\"}";

    private static String post(Container.Running shop, String path, String body, String headers) throws Exception {
        try (Wire wire = new Wire(shop.port())) {
            return wire.exchange("POST /ops/cases" + path + " HTTP/1.1\r\nHost: shop\r\n" + headers
                    + "Content-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\nConnection: close\r\n\r\n" + body);
        }
    }

    @Test
    void aWriteIsOneLineWithoutIds(@TempDir Path folder) throws Exception {
        Container.Running shop = new TomcatContainer()
                .start(Site.in(folder)
                        .catalog("{ \"touchpoints\": [ { \"name\": \"pay\", \"owner\": \"payments\" } ] }")
                        .parameter("touchstone.care.enabled", "true")
                        .parameter("touchstone.care.cases.enabled", "true")
                        .parameter("touchstone.care.cases.path", "/ops/cases"));
        try (Logged log = new Logged(CaseContent.class)) {
            String id = post(shop, "", OPENING, "").replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
            post(shop, "/" + id + "/confirm", "", ""); // refused
            post(shop, "/" + id + "/resolve", "{\"resolution\": \"FULL\"}", "X-User: eve\r\n");
            assertThat(log.messages())
                    .containsExactly(
                            "INFO Recovery case at pay, owner payments: open, by an unknown client",
                            "INFO Recovery case at pay, owner payments: resolve FULL, by an authenticated user");
        } finally {
            shop.stop();
        }
    }
}
