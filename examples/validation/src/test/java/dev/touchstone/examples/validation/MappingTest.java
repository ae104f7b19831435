package dev.touchstone.examples.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.examples.validation.Olist.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rows become events; all rows are made up. */
class MappingTest {

    static final String OLIST = "order_id,customer,status,purchased,approved,handed_over,delivered,estimated,"
            + "shipping_limit,items,sellers,seller,state,review_created,review_answered,stars\n";
    static final String TICKETS = "ticket,channel,category,subcategory,reported,responded,csat\n";
    static final String INCIDENTS = "number,incident_state,reassignment_count,reopen_count,sys_mod_count,caller_id,"
            + "opened_at,sys_updated_at,contact_type,subcategory,priority\n";

    private static final double HOUR = 3_600_000;

    @TempDir
    private Path folder;

    private List<Rows.Row> rows(String name, String text) throws IOException {
        return Rows.of(List.of(Files.writeString(folder.resolve(name), text)));
    }

    private List<Order> orders(String... lines) throws IOException {
        Olist olist = Olist.of(rows("o.csv", OLIST + String.join("\n", lines) + "\n"));
        olist.judge();
        return olist.orders();
    }

    @Test
    void anOrderIsApprovedHandedOverAndDelivered() throws IOException {
        Order order = orders("a,1,delivered,2018-04-01 10:00:00,2018-04-01 11:00:00,2018-04-02 10:00:00,"
                        + "2018-04-05 10:00:00,2018-04-10 00:00:00,2018-04-03 10:00:00,3.0,2.0,9,SP,2018-04-06,"
                        + "2018-04-07 00:00:00,2")
                .get(0);
        List<TouchpointEvent> events = order.events(0);
        assertThat(events)
                .extracting(TouchpointEvent::touchpoint)
                .containsExactly("order.approve", "order.handover", "order.deliver");
        assertThat(events.get(0).durationMs()).hasValue(HOUR);
        assertThat(events.get(0).promiseMs()).isEmpty();
        assertThat(events.get(1).durationMs()).hasValue(24 * HOUR);
        assertThat(events.get(1).promiseMs()).hasValue(48 * HOUR);
        TouchpointEvent delivery = events.get(2);
        assertThat(delivery.timeMs())
                .hasValue(Instant.parse("2018-04-05T10:00:00Z").toEpochMilli());
        assertThat(delivery.durationMs()).hasValue(4 * 24 * HOUR);
        assertThat(delivery.promiseMs()).hasValue(10 * 24 * HOUR - 10 * HOUR); // to the end of the day
        assertThat(delivery.outcome()).contains(Outcome.SUCCESS);
        assertThat(delivery.transfers()).isEqualTo(1);
        assertThat(delivery.retries()).isEqualTo(2);
        assertThat(order.isBad()).isTrue();
        // two units: a transfer and two further items
        assertThat(order.eventRisk).isCloseTo(1 - 0.9 * Math.pow(2, -2 / 3.0), within(1e-9));
    }

    @Test
    void whatHasNotComeWhenTheFormGoesOutIsJudgedAsItStandsThen() throws IOException {
        List<Order> orders = orders(
                "a,1,delivered,2018-04-01 00:00:00,,,2018-04-20 10:00:00,2018-04-10 00:00:00,,1.0,1.0,9,SP,"
                        + "2018-04-13 00:00:00,2018-04-14 00:00:00,1",
                "b,2,shipped,2018-04-01 00:00:00,,,,2018-04-10 00:00:00,,,,9,SP,2018-04-13,2018-04-14 00:00:00,1",
                "c,3,canceled,2018-04-01 00:00:00,,,,2018-04-10 00:00:00,,,,9,SP,2018-04-13,2018-04-14 00:00:00,1",
                "d,4,delivered,2018-04-01 00:00:00,,,2018-04-13 10:00:00,2018-04-10 00:00:00,,1.0,1.0,9,SP,"
                        + "2018-04-13 00:00:00,2018-04-14 00:00:00,3");
        assertThat(orders).extracting(order -> order.events(0).size()).containsOnly(1);
        assertThat(orders)
                .extracting(order -> order.events(0).get(0).outcome().orElseThrow())
                .containsExactly(Outcome.DEGRADED, Outcome.DEGRADED, Outcome.FAILURE, Outcome.SUCCESS);
        assertThat(orders)
                .extracting(order -> order.events(0).get(0).durationMs().orElseThrow() / HOUR / 24)
                .containsExactly(12.0, 12.0, 12.0, 12 + 10 / 24.0);
        assertThat(orders).extracting(Order::isLate).containsOnly(true);
        assertThat(orders).extracting(Order::isBad).containsExactly(true, true, true, false);
    }

    @Test
    void aJourneyIsTheMixOfItsEventsAndAnAbandonedOneIsCapped() throws IOException {
        List<Order> orders = orders(
                "a,1,delivered,2018-04-01 00:00:00,2018-04-01 01:00:00,,2018-04-05 00:00:00,2018-04-10 00:00:00,,"
                        + "1.0,1.0,9,SP,2018-04-06,2018-04-07 00:00:00,5",
                "b,2,canceled,2018-04-02 00:00:00,2018-04-02 01:00:00,,,2018-04-10 00:00:00,,1.0,1.0,9,SP,2018-04-06,"
                        + "2018-04-07 00:00:00,1");
        assertThat(orders.get(0).eventRisk).isCloseTo(0.1, within(1e-9));
        assertThat(orders.get(0).journeyRisk).isCloseTo(0.1, within(1e-9));
        assertThat(orders.get(1).eventRisk).isEqualTo(1);
        // the approval, as fast as usual, the failure and the silence after it
        double silence = 0.25 * 0.9 * Math.pow(2, -2 / 3.0);
        double quality = 0.5 * (0.9 + 0 + silence) / 3 + 0.25 * 0 + 0.25 * silence;
        assertThat(orders.get(1).journeyRisk).isCloseTo(1 - quality, within(0.01));
    }

    @Test
    void aDeliveryOutsideOfItsJourneyStandsForItself() throws IOException {
        List<Order> orders = orders(
                "a,1,delivered,2018-04-01 00:00:00,2018-04-01 01:00:00,,2018-04-05 00:00:00,2018-04-10 00:00:00,,"
                        + "1.0,1.0,9,SP,2018-04-06,2018-04-07 00:00:00,5",
                "b,1,delivered,2018-04-01 00:00:00,,,2018-04-05 00:00:00,2018-04-03 00:00:00,,1.0,1.0,9,SP,2018-04-06,"
                        + "2018-04-07 00:00:00,1");
        assertThat(orders.get(1).journeyRisk).isEqualTo(orders.get(1).eventRisk);
        assertThat(orders.get(1).eventRisk).isGreaterThan(0.5);
    }

    @Test
    void aResponseTakesAtLeastAMinuteAndNeverANegativeTime() throws IOException {
        Tickets tickets = Tickets.of(rows("t.csv", TICKETS + """
                a,Inbound,Returns,"Wrong, ""as"" ever",2023-08-01 10:00:00,2023-08-01 12:00:00,1
                b,Outcall,Returns,x,2023-08-01 10:00:00,2023-08-01 10:00:00,5
                c,Email,Returns,x,2023-08-02 10:00:00,2023-08-01 11:00:00,2
                """));
        assertThat(tickets.tickets())
                .extracting(ticket -> ticket.event(0).durationMs())
                .containsExactly(
                        java.util.OptionalDouble.of(60_000),
                        java.util.OptionalDouble.empty(),
                        java.util.OptionalDouble.of(2 * HOUR));
        assertThat(tickets.tickets())
                .extracting(ticket -> ticket.event(0).channel().orElseThrow().name())
                .containsExactly("outcall", "email", "inbound");
        assertThat(tickets.tickets()).extracting(Tickets.Ticket::isBad).containsExactly(false, true, true);
        tickets.judge();
        assertThat(tickets.tickets()).extracting(ticket -> ticket.eventRisk).doesNotContain(Double.NaN);
    }

    @Test
    void theEffortOfAnIncidentIsThatUpToItsFirstResolution() throws IOException {
        Incidents incidents = Incidents.of(rows("i.csv", INCIDENTS + """
                I1,New,0,0,0,c,2016-03-01 00:00:00,2016-03-01 01:00:00,Phone,s,p
                I1,Awaiting User Info,1,0,2,c,2016-03-01 00:00:00,2016-03-01 02:00:00,Phone,s,p
                I1,Awaiting User Info,1,0,3,c,2016-03-01 00:00:00,2016-03-01 03:00:00,Phone,s,p
                I2,New,0,0,0,c,2016-03-01 00:00:00,2016-03-01 03:30:00,Phone,s,p
                I1,Resolved,3,0,5,c,2016-03-01 00:00:00,2016-03-01 04:00:00,Phone,s,p
                I1,Awaiting User Info,7,1,9,c,2016-03-01 00:00:00,2016-03-02 04:00:00,Phone,s,p
                I3,Resolved,0,0,4,c,2016-03-01 00:00:00,2016-03-03 00:00:00,Phone,s,p
                """));
        incidents.judge();
        assertThat(incidents.incidents()).hasSize(2); // the one that was never resolved is left out
        assertThat(incidents.incidents().get(0).isBad()).isTrue();
        // three hand-overs, one question, five updates of 0.1
        assertThat(incidents.incidents().get(0).units).isCloseTo(3 + 0.75 + 0.5, within(1e-9));
        assertThat(incidents.incidents().get(1).isBad()).isFalse();
        assertThat(incidents.incidents().get(1).units).isZero();
    }

    @Test
    void aFileThatIsNotWhatItShouldBeIsNamedWithItsLine() {
        assertThatThrownBy(() -> Tickets.of(rows("t.csv", TICKETS + "a,b\n")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv:2");
        assertThatThrownBy(() -> Tickets.of(rows("u.csv", TICKETS + "a,b,c,d,soon,2023-08-01 10:00:00,1\n")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("u.csv:2: reported is not a time");
        assertThatThrownBy(() -> Tickets.of(rows("v.csv", "ticket\na\n")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column channel");
    }
}
