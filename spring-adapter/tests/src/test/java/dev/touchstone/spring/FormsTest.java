package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A form that Spring MVC shows again, because its input was refused, is no success although its status is 200. */
class FormsTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(Pages.class, Views.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @Test
    void formThatIsShownAgainIsDegradedAndTheNextAttemptIsARetry() {
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(post("name=")).isEqualTo(200);
        }
        assertThat(post("name=Ada")).isEqualTo(302);
        assertThat(shop.events())
                .extracting(event -> event.outcome().orElseThrow())
                .containsExactly(Outcome.DEGRADED, Outcome.DEGRADED, Outcome.DEGRADED, Outcome.SUCCESS);
        assertThat(shop.events()).extracting(event -> event.invalidInput()).containsExactly(true, true, true, false);
        CustomerExperience ada = shop.touchstone().customer(CustomerId.of("ada"));
        // 3 retries of 0.5 units in one task
        assertThat(ada.effort().value()).isCloseTo(100 * (1 - Math.pow(2, -1.5 / 3)), within(1e-9));
    }

    @Test
    void formThatIsShownForTheFirstTimeIsASuccess() {
        assertThat(shop.get("/form").statusCode()).isEqualTo(200);
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    /** The form is shown by the next request, to which the errors are handed over. */
    @Test
    void formThatIsShownAgainAfterARedirectIsDegradedOnce() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest post = post("/redirected", "name=");
        assertThat(browser.send(post, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("<form>");
        assertThat(shop.events())
                .extracting(event -> event.outcome().orElseThrow())
                .containsExactly(Outcome.DEGRADED, Outcome.SUCCESS);
        assertThat(shop.events()).extracting(event -> event.invalidInput()).containsExactly(true, false);
    }

    private static int post(String form) {
        return Shop.send(post("/form", form)).statusCode();
    }

    private static HttpRequest post(String path, String form) {
        return shop.request(path)
                .header("Authorization", "Basic YWRhOnNlY3JldA==")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    /** A form of one field. */
    public static final class Form {

        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    @Controller
    static class Pages {

        @GetMapping("/form")
        @Touchpoint(name = "form")
        String show(@ModelAttribute("form") Form form) {
            return "form-view";
        }

        @PostMapping("/form")
        @Touchpoint(name = "form")
        String submit(@ModelAttribute("form") Form form, BindingResult errors) {
            if (form.getName().isEmpty()) {
                errors.rejectValue("name", "missing");
                return "form-view";
            }
            return "redirect:/form";
        }

        @PostMapping("/redirected")
        @Touchpoint(name = "form")
        String submitted(@ModelAttribute("form") Form form, BindingResult errors, RedirectAttributes next) {
            errors.rejectValue("name", "missing");
            next.addFlashAttribute("form", form);
            next.addFlashAttribute(BindingResult.MODEL_KEY_PREFIX + "form", errors);
            return "redirect:/shown";
        }

        @GetMapping("/shown")
        @Touchpoint(name = "form")
        String shown(Model model) {
            return "form-view";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Views {

        @Bean("form-view")
        View form() {
            return new FormView();
        }
    }

    static final class FormView implements View {

        @Override
        public String getContentType() {
            return "text/html";
        }

        @Override
        public void render(Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.getWriter().write("<form>");
        }
    }
}
