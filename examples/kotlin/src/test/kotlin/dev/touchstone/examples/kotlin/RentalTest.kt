package dev.touchstone.examples.kotlin

import dev.touchstone.Touchstone
import dev.touchstone.event.CustomerId
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.runApplication
import org.springframework.context.ConfigurableApplicationContext
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration

/** The example as it is started, on Netty. */
class RentalTest {

    @Test
    fun `riders have scores, and those with a bad experience get a number to call`() {
        runApplication<Rental>("--server.port=0").use { rental ->
            repeat(10) {
                assertThat(rental.send("POST", "/bicycles/b$it/unlock", "ada")).isEqualTo("b$it is open")
                rental.send("POST", "/bicycles/broken$it/unlock", "bob")
            }
            assertThat(rental.send("POST", "/bicycles/broken/unlock", "bob")).isEqualTo("Call us: 0800 1234")
            assertThat(rental.send("POST", "/bicycles/broken/unlock", "cleo")).isEqualTo("Try another one")

            assertThat(rental.send("GET", "/score", "ada")).matches("(?s)\\d+\\.\\d+ \\[.*prior .*")
            assertThat(rental.send("GET", "/touchstone/scoreboard.json", "ada")).contains("\"unlock\"").doesNotContain("ada")
            val touchstone = rental.getBean(Touchstone::class.java)
            val ada = touchstone.customer(CustomerId.of("ada")).experience()
            val bob = touchstone.customer(CustomerId.of("bob")).experience()
            assertThat(ada.interval().low()).isGreaterThan(bob.interval().high())
        }
    }

    private fun ConfigurableApplicationContext.send(method: String, path: String, rider: String): String {
        val port = environment.getRequiredProperty("local.server.port")
        val request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port$path"))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("X-Rider", rider)
            .timeout(Duration.ofSeconds(20))
            .build()
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body()
    }
}
