package dev.touchstone.spring;

import dev.touchstone.Touchpoint;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The pages that the table of requests asks for. */
@RestController
class TablePages {

    @GetMapping("/t/orders/{id}")
    @Touchpoint(name = "t.order")
    ResponseEntity<String> order(@PathVariable("id") String id) {
        return ResponseEntity.status(id.equals("99") ? 404 : 200).body("order");
    }

    @GetMapping("/t/basket")
    @Touchpoint(name = "t.basket.show")
    String basket() {
        return "basket";
    }

    @DeleteMapping("/t/basket")
    @Touchpoint(name = "t.basket.clear")
    String clear() {
        return "cleared";
    }

    @PostMapping(path = "/t/pay", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Touchpoint(name = "t.pay")
    ResponseEntity<String> pay(@RequestBody Map<String, String> order) {
        return switch (String.valueOf(order.get("how"))) {
            case "bad" -> ResponseEntity.badRequest().build();
            case "refuse" -> ResponseEntity.status(422).build();
            case "throw" -> throw new IllegalStateException("thrown");
            default -> ResponseEntity.ok("paid");
        };
    }

    @GetMapping("/t/admin")
    @Touchpoint(name = "t.admin")
    String admin() {
        return "admin";
    }

    @GetMapping("/undeclared")
    String undeclared() {
        return "undeclared";
    }

    @GetMapping("/fence")
    @Touchpoint(name = "fence")
    String fence() {
        return "fence";
    }
}
