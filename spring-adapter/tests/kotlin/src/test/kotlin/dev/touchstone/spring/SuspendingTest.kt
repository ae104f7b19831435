package dev.touchstone.spring

import dev.touchstone.Touchpoint
import dev.touchstone.event.Outcome
import dev.touchstone.test.RecordedEvents
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.springframework.boot.WebApplicationType
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.context.ConfigurableApplicationContext
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.context.annotation.Import
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RestController
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration

/** A call of a suspending function ends when the function does, and a request when its controller does. */
class SuspendingTest {

    @BeforeEach
    fun forget() {
        recorded().clear()
    }

    @Test
    fun `a suspending function is timed to its end`() {
        runBlocking { assertThat(service().slow()).isEqualTo("slow") }
        val event = recorded().onlyAt("slow").event()
        assertThat(event.outcome()).contains(Outcome.SUCCESS)
        assertThat(event.durationMs().asDouble).isGreaterThan(40.0)
    }

    @Test
    fun `an exception in one is a failure and comes out as it was`() {
        val thrown = runCatching { runBlocking { service().failing() } }.exceptionOrNull()
        assertThat(thrown).isInstanceOf(IllegalStateException::class.java).hasMessage("the host's own")
        assertThat(recorded().onlyAt("failing").event().outcome()).contains(Outcome.FAILURE)
    }

    @Test
    fun `one that is cancelled is abandoned`() {
        runBlocking { assertThat(withTimeoutOrNull(50) { service().endless() }).isNull() }
        assertThat(recorded().onlyAt("endless").event().outcome()).contains(Outcome.ABANDONED)
    }

    @Test
    fun `a flow ends with its last element and lasts until its first`() {
        val flow = service().flowing()
        assertThat(recorded().all()).isEmpty()
        runBlocking { assertThat(flow.toList()).containsExactly(1, 2) }
        val event = recorded().onlyAt("flowing").event()
        assertThat(event.outcome()).contains(Outcome.SUCCESS)
        assertThat(event.durationMs().asDouble).isGreaterThan(40.0)
    }

    @Test
    fun `a request to a suspending controller is one event`() {
        val port = application.environment.getRequiredProperty("local.server.port")
        val request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port/page"))
            .timeout(Duration.ofSeconds(20))
            .build()
        val response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        assertThat(response.body()).isEqualTo("page")
        for (i in 1..100) {
            if (recorded().all().isNotEmpty()) break
            Thread.sleep(20)
        }
        val event = recorded().onlyAt("page").event()
        assertThat(event.outcome()).contains(Outcome.SUCCESS)
        assertThat(event.durationMs().asDouble).isGreaterThan(40.0)
    }

    open class Service {

        @Touchpoint(name = "slow")
        open suspend fun slow(): String {
            delay(50)
            return "slow"
        }

        @Touchpoint(name = "failing")
        open suspend fun failing(): String {
            delay(1)
            throw IllegalStateException("the host's own")
        }

        @Touchpoint(name = "endless")
        open suspend fun endless(): String {
            delay(60_000)
            return "never"
        }

        @Touchpoint(name = "flowing")
        open fun flowing(): Flow<Int> = flow {
            delay(50)
            emit(1)
            emit(2)
        }
    }

    @RestController
    class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        suspend fun page(): String {
            delay(50)
            return "page"
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Service::class, Pages::class)
    class Application {

        @Bean
        fun recorded() = RecordedEvents()
    }

    companion object {

        private lateinit var application: ConfigurableApplicationContext

        private fun service() = application.getBean(Service::class.java)

        private fun recorded() = application.getBean(RecordedEvents::class.java)

        @BeforeAll
        @JvmStatic
        fun start() {
            application = SpringApplicationBuilder(Application::class.java)
                .web(WebApplicationType.REACTIVE)
                .run("--server.port=0", "--server.address=127.0.0.1", "--logging.level.root=warn")
        }

        @AfterAll
        @JvmStatic
        fun stop() {
            application.close()
        }
    }
}
