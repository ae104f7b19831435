package dev.touchstone.servlet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says before there is anything to see, and how it leads there. */
class FirstMinuteTest extends Browsed {

    private static List<String> done(Page page) {
        return page.locator("#empty li.done h3").allTextContents();
    }

    @Test
    void theFirstMinuteLeadsFromNothingToScores(@TempDir Path folder) {
        try (Touchstone touchstone = Touchstone.builder()
                        .minimumGroupSize(5)
                        .catalog(catalog -> catalog.touchpoint("pay"))
                        .build();
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = lookImpatiently(site);
            Locator steps = page.locator("#empty");
            assertThat(steps.locator("h2")).hasText("Nothing has happened yet");
            assertThat(steps.locator("h3").allTextContents())
                    .containsExactly("○ Annotate touchpoints", "○ Resolve customers", "○ See the scores");
            assertThat(steps).containsText("@Touchpoint(name = \"checkout.pay\"");
            assertThat(steps).containsText("touchstone.json");
            assertThat(page.locator("#pain")).isHidden();
            assertThat(violations(page)).isEmpty();

            touchstone.record(TouchpointEvent.builder("GET /pay").build());
            assertThat(steps.locator("h2")).hasText("What is missing");
            assertThat(steps).containsText("1 touchpoint was seen. It is not declared.");
            assertThat(steps).containsText("Every event so far is anonymous");
            assertThat(done(page)).containsExactly("✓ See the scores");

            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .build());
            assertThat(steps).containsText("1 declared touchpoint was seen.");
            assertThat(steps).containsText("4 more customers are needed");
            assertThat(done(page)).containsExactly("✓ Annotate touchpoints", "✓ Resolve customers");
            assertThat(steps.locator("pre")).hasCount(0);

            for (String customer : List.of("bob", "cyd", "dee", "eve")) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(CustomerId.of(customer))
                        .build());
            }
            assertThat(page.locator("#doing .big").first()).isVisible();
            assertThat(steps).isHidden();
        }
    }

    @Test
    void oneUserSeesWhatIsMissing(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(builder -> builder, "ada");
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(site.address());
            assertThat(done(page)).containsExactly("✓ Resolve customers");
            assertThat(page.locator("#empty").textContent())
                    .contains("1 event is recorded, but not everything can be shown yet.")
                    .contains("1 touchpoint was seen. It is not declared.")
                    .contains("1 customer is known.")
                    .contains("9 more customers are needed: scores are shown for groups of at least 10.")
                    .contains("To see everything while you develop, set touchstone.minimum-group-size=0.");
            Locator withheld = page.locator("#pain p").filter(new Locator.FilterOptions().setHasText("withheld"));
            assertThat(withheld.allTextContents())
                    .as("one line for all that is withheld")
                    .containsExactly("1 withheld, fewer than 10 customers: cart. At least 10 are needed."
                            + " To see them while you develop, set touchstone.minimum-group-size=0.");
            assertThat(violations(page)).isEmpty();
        }
    }
}
