package dev.touchstone.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes requests that are not a customer's: {@code OPTIONS} (such as browser preflights), {@code TRACE}, health
 * checks and known bots. They are recognized by the method and by words of the user agent. A client can forge both,
 * so this keeps scores clean and is no protection. Immutable.
 */
public final class Visitors {

    /** The words, in lower case, that recognize the user agents of health checks and known bots. */
    public static final List<String> AUTOMATED = List.of(
            // health checks and monitors
            "kube-probe",
            "elb-healthchecker",
            "googlehc",
            "googlestackdrivermonitoring",
            "amazon-route53-health-check-service",
            "edge health probe",
            "healthcheck/",
            "readyforrequest/",
            "cloudflare-healthchecks",
            "envoy/hc",
            "consul health check",
            "uptimerobot",
            "better uptime bot",
            "pingdom.com_bot",
            "statuscake",
            "site24x7",
            "datadog/synthetics",
            "datadogsynthetics",
            "newrelicpinger",
            "checkly/",
            "hetrixtools",
            "check_http/",
            "zabbix",
            "blackbox exporter",
            "prometheus/",
            // search engines
            "googlebot",
            "googleother",
            "adsbot-google",
            "mediapartners-google",
            "storebot-google",
            "google-inspectiontool",
            "bingbot",
            "bingpreview",
            "adidxbot",
            "duckduckbot",
            "yandexbot",
            "yandexmobilebot",
            "yandeximages",
            "baiduspider",
            "yahoo! slurp",
            "sogou web spider",
            "seznambot",
            "yeti/",
            "applebot",
            "petalbot",
            "amazonbot",
            // other crawlers
            "gptbot",
            "chatgpt-user",
            "oai-searchbot",
            "claudebot",
            "perplexitybot",
            "meta-externalagent",
            "ccbot",
            "bytespider",
            "ahrefsbot",
            "semrushbot",
            "mj12bot",
            "dotbot",
            "dataforseobot",
            "blexbot",
            "archive.org_bot",
            "screaming frog seo spider",
            // previews of links
            "facebookexternalhit",
            "facebookcatalog",
            "twitterbot",
            "linkedinbot",
            "slackbot",
            "slack-imgproxy",
            "discordbot",
            "telegrambot",
            "pinterestbot",
            "redditbot",
            "whatsapp/",
            "skypeuripreview");

    private static final int ASCII = 128;
    private static final Visitors EXCLUDING_AUTOMATED = new Visitors(AUTOMATED);
    private static final Visitors ALL = new Visitors(List.of());

    /** The words by their first letter. */
    private final List<List<String>> words = new ArrayList<>(ASCII);

    private Visitors(List<String> words) {
        for (int letter = 0; letter < ASCII; letter++) {
            char first = (char) letter;
            this.words.add(
                    words.stream().filter(word -> word.charAt(0) == first).toList());
        }
    }

    /**
     * Returns the visitors that count as customers.
     *
     * @param excludeAutomated whether health checks and known bots are excluded; {@code OPTIONS} and {@code TRACE}
     *     always are
     */
    public static Visitors excludingAutomated(boolean excludeAutomated) {
        return excludeAutomated ? EXCLUDING_AUTOMATED : ALL;
    }

    /**
     * Returns whether a request may be a customer's.
     *
     * @param method the HTTP method, in upper case
     * @param userAgent the header {@code User-Agent}; null if absent
     */
    public boolean isCustomer(String method, @Nullable String userAgent) {
        return !method.equals("OPTIONS") && !method.equals("TRACE") && (userAgent == null || !isAutomated(userAgent));
    }

    private boolean isAutomated(String userAgent) {
        boolean inWord = false;
        for (int i = 0; i < userAgent.length(); i++) {
            char letter = userAgent.charAt(i);
            boolean wordPart = Character.isLetterOrDigit(letter);
            if (wordPart && !inWord && letter < ASCII && startsWithWord(userAgent, i)) {
                return true;
            }
            inWord = wordPart;
        }
        return false;
    }

    private boolean startsWithWord(String userAgent, int at) {
        for (String word : words.get(Character.toLowerCase(userAgent.charAt(at)))) {
            if (userAgent.regionMatches(true, at, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
