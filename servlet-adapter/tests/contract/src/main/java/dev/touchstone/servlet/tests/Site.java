package dev.touchstone.servlet.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * An application to be deployed.
 *
 * @param folder its folder, with a {@code WEB-INF} in it
 * @param parameters the parameters of its servlet context
 * @param attributes the attributes that its servlet context has from the start
 */
public record Site(Path folder, Map<String, String> parameters, Map<String, Object> attributes) {

    /** The page for the status 418, which also {@code web.xml} names. */
    public static final String ERROR_PAGE = "/error-page";

    /** The status that has an error page. */
    public static final int TEAPOT = 418;

    private static final String WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <error-page>
                <error-code>%d</error-code>
                <location>%s</location>
              </error-page>
              <error-page>
                <exception-type>%s</exception-type>
                <location>%s</location>
              </error-page>
              <welcome-file-list>
                <welcome-file>index.html</welcome-file>
              </welcome-file-list>
            </web-app>
            """.formatted(TEAPOT, ERROR_PAGE, ShopServlets.Explained.class.getName(), ERROR_PAGE);

    static final String CATALOG = """
            { "touchpoints": [
                { "name": "home", "routes": ["GET /"] },
                { "name": "status", "channel": "web", "routes": ["GET /status/{status}"] },
                { "name": "order", "routes": ["GET /orders/{id}"] },
                { "name": "order.mine", "routes": ["GET /orders/mine"] },
                { "name": "upload", "routes": ["POST /upload"] },
                { "name": "t.order", "routes": ["GET /t/orders/{id}"] },
                { "name": "t.basket.show", "routes": ["GET /t/basket"] },
                { "name": "t.basket.clear", "routes": ["DELETE /t/basket"] },
                { "name": "t.pay", "routes": ["POST /t/pay"] },
                { "name": "t.admin", "routes": ["GET /t/admin"] } ] }
            """;

    /** Makes a folder into an application. */
    public static Site in(Path folder) {
        try {
            Path inside = Files.createDirectories(folder.resolve("WEB-INF"));
            Files.writeString(inside.resolve("web.xml"), WEB_XML);
            Files.writeString(inside.resolve("touchstone.json"), CATALOG);
            Files.writeString(folder.resolve("index.html"), "<title>shop</title>");
            Files.writeString(folder.resolve("style.css"), "body {}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Site(folder, Map.of(), Map.of());
    }

    public Site parameter(String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return new Site(folder, more, attributes);
    }

    public Site attribute(String name, Object value) {
        Map<String, Object> more = new HashMap<>(attributes);
        more.put(name, value);
        return new Site(folder, parameters, more);
    }

    /** Replaces the catalog file. */
    public Site catalog(String json) {
        try {
            Files.writeString(folder.resolve("WEB-INF").resolve("touchstone.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
