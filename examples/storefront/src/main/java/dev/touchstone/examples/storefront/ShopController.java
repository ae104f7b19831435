package dev.touchstone.examples.storefront;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Interaction;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that a customer meets with. Targets, owners and titles stand in {@code touchstone.json}. */
@RestController
class ShopController {

    private static final String WEB = "web";
    private static final String PURCHASE = "purchase";

    private final Touchstone touchstone;
    private final Warehouse warehouse;
    private final Operations operations;
    private final NowAndThen slowSearch = new NowAndThen();
    private final NowAndThen failedPayment = new NowAndThen();
    private final Duration slowness;

    ShopController(Touchstone touchstone, Warehouse warehouse, Operations operations, ShopProperties properties) {
        this.touchstone = touchstone;
        this.warehouse = warehouse;
        this.operations = operations;
        this.slowness = properties.slowness();
    }

    @GetMapping("/")
    @Touchpoint(name = "home", channel = WEB, stage = Stage.AWARENESS)
    ResponseEntity<String> home() {
        return ok(new Page("Everything for tea")
                .note(operations.today().summary())
                .search()
                .products(Product.all())
                .logIn());
    }

    @GetMapping("/search")
    @Touchpoint(name = "search", channel = WEB, stage = Stage.CONSIDERATION, journey = PURCHASE)
    ResponseEntity<String> search(@RequestParam(name = "q", defaultValue = "") String query)
            throws InterruptedException {
        if (slowSearch.happens(operations.today().slowSearches())) {
            Thread.sleep(slowness.toMillis()); // a weak spot, on purpose
        }
        List<Product> found = Product.matching(query);
        Page page = new Page("Found for “" + query + "”").search().products(found);
        return ok(found.isEmpty() ? page.text("Nothing. Try “tea”.") : page);
    }

    @GetMapping("/product/{id}")
    @Touchpoint(name = "product", channel = WEB, stage = Stage.CONSIDERATION, journey = PURCHASE)
    ResponseEntity<String> product(@PathVariable("id") String id) {
        return Product.byId(id)
                .map(product -> ok(new Page(product.name())
                        .text("It costs " + product.priceTag() + ".")
                        .post("/cart/" + product.id(), "Put into the cart")))
                .orElseGet(() -> html(HttpStatus.NOT_FOUND, new Page("We do not sell that")));
    }

    @PostMapping("/cart/{id}")
    ResponseEntity<String> putIntoCart(@PathVariable("id") String id, HttpServletRequest request) {
        Product.byId(id).ifPresent(Guest.of(request)::putIntoCart);
        return seeOther("/cart");
    }

    @GetMapping("/cart")
    @Touchpoint(name = "cart", channel = WEB, stage = Stage.PURCHASE, journey = PURCHASE)
    ResponseEntity<String> cart(HttpServletRequest request, CustomerExperience customer) {
        Guest guest = Guest.of(request);
        Page page = new Page("Your cart");
        if (customer.effort().isClearlyAbove(10)) {
            page.note("We have made this harder for you than it should be. We are glad to help: see Help.");
        }
        page.products(guest.cart());
        return ok(guest.cart().isEmpty() ? page.text("There is nothing in it.") : page.post("/pay", "Pay"));
    }

    @PostMapping("/pay")
    @Touchpoint(name = "pay", channel = WEB, stage = Stage.PURCHASE, journey = PURCHASE)
    ResponseEntity<String> pay(HttpServletRequest request, Interaction visit) {
        Guest guest = Guest.of(request);
        visit.amount(guest.total());
        if (failedPayment.happens(operations.today().failedPayments())) { // the other weak spot
            return html(
                    HttpStatus.BAD_GATEWAY,
                    asking(
                            guest,
                            new Page("The bank does not answer")
                                    .text("Nothing was charged.")
                                    .post("/pay", "Try again")));
        }
        return seeOther("/confirm");
    }

    @GetMapping("/confirm")
    @Touchpoint(name = "confirm", channel = WEB, stage = Stage.PURCHASE, journey = PURCHASE)
    ResponseEntity<String> confirm(HttpServletRequest request) {
        Guest guest = Guest.of(request);
        int parcels = warehouse.pack(guest.cart());
        Page page = new Page("Thank you")
                .text("This is on its way in " + parcels + (parcels == 1 ? " parcel:" : " parcels:"))
                .products(guest.cart());
        guest.emptyCart();
        return ok(asking(guest, page));
    }

    /** Adds the questions to a page, if the customer should be asked now. */
    private Page asking(Guest guest, Page page) {
        CustomerId customer = guest.customer();
        if (!touchstone.care().shouldAsk(customer, "csat").yes()) {
            return page;
        }
        touchstone.care().asked(customer, "csat");
        return page.questions();
    }

    /** A customer says how it was: whatever they left out, or is not on the scale, is not counted. */
    @PostMapping("/answer")
    ResponseEntity<String> answer(
            HttpServletRequest request,
            @RequestParam("recommend") Optional<Integer> recommend,
            @RequestParam("satisfied") Optional<Integer> satisfied,
            @RequestParam("easy") Optional<Integer> easy) {
        CustomerId customer = Guest.of(request).customer();
        recommend.ifPresent(answer -> record(customer, Feedback.nps(answer)));
        satisfied.ifPresent(answer -> record(customer, Feedback.csat(answer)));
        easy.ifPresent(answer -> record(customer, Feedback.ces2(answer)));
        return seeOther("/");
    }

    private void record(CustomerId customer, Feedback feedback) {
        touchstone.record(TouchpointEvent.builder("confirm")
                .customer(customer)
                .channel(Channel.WEB)
                .attribute(Operations.BUILD, operations.today().version())
                .feedback(feedback)
                .build());
    }

    @GetMapping("/help")
    @Touchpoint(name = "help", channel = WEB, stage = Stage.SUPPORT, supportContact = true)
    ResponseEntity<String> help() {
        return ok(new Page("Help").text("Call us, write to us, or come by."));
    }

    /** A guest says who they are: what is known of the guest becomes the customer's. */
    @PostMapping("/login")
    ResponseEntity<String> logIn(@RequestParam("name") String name, HttpServletRequest request) {
        Guest guest = Guest.of(request);
        CustomerId customer = CustomerId.of(name);
        if (customer.isValid()) {
            request.changeSessionId();
            guest.logIn(customer);
            touchstone.identify(guest.unknown(), customer);
        }
        return seeOther("/");
    }

    @GetMapping("/scores")
    ResponseEntity<String> scores() {
        Page page = new Page("How our customers fare").open("table");
        page.row("th", List.of("touchpoint", "experience", "effort", "events"));
        for (Scoreboard.TouchpointScope touchpoint : touchstone.scoreboard().touchpoints()) {
            page.row(
                    "td",
                    List.of(
                            touchpoint.definition().name(),
                            touchpoint.scores().baseline().experience().toString(),
                            touchpoint.scores().baseline().effort().toString(),
                            Long.toString(touchpoint.scores().count())));
        }
        page.close("table");
        for (History.Mark mark : touchstone.history().marks()) {
            page.text(mark.time() + " " + mark.text());
        }
        return ok(page);
    }

    private static ResponseEntity<String> ok(Page page) {
        return html(HttpStatus.OK, page);
    }

    private static ResponseEntity<String> html(HttpStatus status, Page page) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
                .body(page.toString());
    }

    private static ResponseEntity<String> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
