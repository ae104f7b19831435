package dev.touchstone.examples.storefront;

import java.util.List;
import org.springframework.web.util.HtmlUtils;

/** Writes pages by hand. Not thread-safe. */
final class Page {

    private static final String STYLE = """
            body { font: 17px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
                   color: #222; background: #fbfaf7 }
            nav a { margin-right: 1rem } a { color: #14532d } h1 { font-weight: 600 }
            button { font: inherit; padding: .3rem .9rem } input { font: inherit; padding: .3rem }
            table { border-collapse: collapse } td, th { padding: .2rem 1rem .2rem 0; text-align: left }
            .note { background: #fef3c7; padding: .6rem 1rem }
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    Page(String title) {
        this.title = title;
    }

    Page text(String text) {
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    Page note(String text) {
        body.append("<p class=\"note\">").append(escaped(text)).append("</p>\n");
        return this;
    }

    Page products(List<Product> products) {
        body.append("<ul>\n");
        for (Product product : products) {
            body.append("<li><a href=\"/product/%s\">%s</a>, %s</li>\n"
                    .formatted(escaped(product.id()), escaped(product.name()), product.priceTag()));
        }
        body.append("</ul>\n");
        return this;
    }

    Page search() {
        body.append(
                "<form action=\"/search\"><input name=\"q\" aria-label=\"Search\"> <button>Search</button></form>\n");
        return this;
    }

    Page post(String path, String button) {
        body.append("<form method=\"post\" action=\"%s\"><button>%s</button></form>\n"
                .formatted(escaped(path), escaped(button)));
        return this;
    }

    Page logIn() {
        body.append(
                "<form method=\"post\" action=\"/login\"><input name=\"name\" aria-label=\"Name\"> <button>Log in</button></form>\n");
        return this;
    }

    Page questions() {
        body.append("""
                <form method="post" action="/answer">
                <p><label>How likely are you to recommend us, from 0 to 10? <input name="recommend"></label></p>
                <p><label>How satisfied are you, from 1 to 5? <input name="satisfied"></label></p>
                <p><label>It was easy, from 1 (no) to 7 (yes): <input name="easy"></label></p>
                <button>Say so</button></form>
                """);
        return this;
    }

    Page row(String element, List<String> cells) {
        body.append("<tr>");
        cells.forEach(cell -> body.append("<%s>%s</%s>".formatted(element, escaped(cell), element)));
        body.append("</tr>\n");
        return this;
    }

    Page open(String element) {
        body.append('<').append(element).append(">\n");
        return this;
    }

    Page close(String element) {
        body.append("</").append(element).append(">\n");
        return this;
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }

    @Override
    public String toString() {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%1$s</title><style>%2$s</style></head>
                <body>
                <nav><a href="/">Shop</a><a href="/cart">Cart</a><a href="/help">Help</a><a href="/scores">Scores</a></nav>
                <h1>%1$s</h1>
                %3$s</body></html>
                """.formatted(escaped(title), STYLE, body);
    }
}
