package dev.touchstone.examples.kotlin

import dev.touchstone.CustomerExperience
import dev.touchstone.CustomerResolver
import dev.touchstone.Touchpoint
import dev.touchstone.event.CustomerId
import dev.touchstone.event.Stage
import kotlinx.coroutines.delay
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.context.annotation.Bean
import org.springframework.http.HttpStatus
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.server.ServerWebExchange

/** A bicycle rental that knows how its riders are doing. */
@SpringBootApplication(proxyBeanMethods = false)
class Rental {

    /** The header names the rider, as a gateway would that authenticates riders. */
    @Bean
    fun riders() = CustomerResolver<ServerWebExchange> { exchange ->
        exchange.request.headers.getFirst("X-Rider")?.let(CustomerId::of)
    }
}

fun main(arguments: Array<String>) {
    runApplication<Rental>(*arguments)
}

@RestController
class Bicycles {

    @Touchpoint(name = "unlock", stage = Stage.USE, target = "PT0.2S", importance = 3.0)
    @PostMapping("/bicycles/{bicycle}/unlock")
    suspend fun unlock(@PathVariable("bicycle") bicycle: String, rider: CustomerExperience): ResponseEntity<String> {
        delay(20) // the lock answers by radio
        return when {
            !bicycle.startsWith("broken") -> ResponseEntity.ok("$bicycle is open")
            rider.experience().isClearlyBelow(60.0) -> ResponseEntity.status(HttpStatus.BAD_GATEWAY).body("Call us: 0800 1234")
            else -> ResponseEntity.status(HttpStatus.BAD_GATEWAY).body("Try another one")
        }
    }

    @Touchpoint(name = "score")
    @GetMapping("/score")
    suspend fun score(rider: CustomerExperience) = "${rider.experience()}\n${rider.experience().explanation()}"
}
