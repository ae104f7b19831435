import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks the bundles of two builds: what Maven Central asks of an artifact, that both are the same byte for byte, and that
 * each bill of materials lists what an application gets.
 */
final class CheckRelease {

    private static final List<String> ASKED =
            List.of("name", "description", "url", "licenses", "developers", "scm");
    private static final Map<String, String> FOLDERS = Map.of(
            "touchstone-core", "core",
            "touchstone-servlet", "servlet-adapter",
            "touchstone-kafka", "kafka-adapter",
            "touchstone-spring-boot-starter", "spring-adapter",
            "touchstone-surveys", "surveys",
            "touchstone-test", "test-support");
    private static final Set<String> WITHOUT_JAR = Set.of("touchstone-parent", "touchstone-bom");
    // org.slf4j:slf4j-api:jar:2.0.18:compile
    private static final Pattern LISTED = Pattern.compile("^ +([^: ]+):([^: ]+):jar:([^: ]+):(compile|runtime)");
    // what is optional for an application is listed as such
    private static final Pattern COMPONENT = Pattern.compile(
            "\"scope\" : \"required\"(?:(?!\"purl\").)*\"purl\" : \"pkg:maven/([^/]+)/([^@]+)@([^?\"]+)", Pattern.DOTALL);

    private final List<String> problems = new ArrayList<>();

    public static void main(String[] folders) throws Exception {
        CheckRelease check = new CheckRelease();
        Map<String, byte[]> one = check.bundle(Path.of(folders[0]));
        Map<String, byte[]> another = check.bundle(Path.of(folders[1]));
        check.sameBytes(one, another);
        check.artifacts(one, Path.of(folders[0]));
        check.problems.forEach(System.err::println);
        if (!check.problems.isEmpty()) {
            System.exit(1);
        }
        System.out.println(one.size() + " files of " + (FOLDERS.size() + WITHOUT_JAR.size())
                + " artifacts are complete, signed, the same in both builds, and list what they bring");
    }

    private Map<String, byte[]> bundle(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(
                folder.resolve("target/central-publishing/central-bundle.zip").toFile())) {
            for (ZipEntry entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
                try (InputStream bytes = zip.getInputStream(entry)) {
                    files.put(entry.getName(), bytes.readAllBytes());
                }
            }
        }
        return files;
    }

    /** A signature has the time at which it was made, so the signatures and their checksums differ. */
    private void sameBytes(Map<String, byte[]> one, Map<String, byte[]> another) {
        if (!one.keySet().equals(another.keySet())) {
            Set<String> all = new TreeSet<>(one.keySet());
            all.addAll(another.keySet());
            all.removeIf(name -> one.containsKey(name) && another.containsKey(name));
            problems.add("files of one build only: " + all);
        }
        one.forEach((name, bytes) -> {
            if (!name.contains(".asc") && !Arrays.equals(bytes, another.get(name))) {
                problems.add(name + " differs between two builds");
            }
        });
    }

    private void artifacts(Map<String, byte[]> files, Path folder) throws Exception {
        Set<String> found = new TreeSet<>();
        for (String name : files.keySet()) {
            String[] parts = name.split("/");
            String artifact = parts[parts.length - 3];
            if (name.endsWith(".pom")) {
                found.add(artifact);
                String base = name.substring(0, name.length() - ".pom".length());
                pom(name, files);
                if (!WITHOUT_JAR.contains(artifact)) {
                    for (String suffix : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
                        present(base + suffix, files);
                    }
                    materials(artifact, base, files, folder);
                }
            }
            if (!name.matches(".*\\.(asc|md5|sha1|sha256|sha512)$")) {
                signed(name, files);
                checksum(name, ".md5", "MD5", files);
                checksum(name, ".sha1", "SHA-1", files);
            }
        }
        Set<String> expected = new TreeSet<>(FOLDERS.keySet());
        expected.addAll(WITHOUT_JAR);
        if (!found.equals(expected)) {
            problems.add("artifacts " + found + ", expected " + expected);
        }
    }

    private boolean present(String name, Map<String, byte[]> files) {
        if (!files.containsKey(name)) {
            problems.add(name + " is missing");
        }
        return files.containsKey(name);
    }

    /** What an artifact lacks, its parent may have. */
    private void pom(String name, Map<String, byte[]> files) throws Exception {
        Set<String> elements = elements(files.get(name));
        if (name.contains("touchstone-parent")) {
            elements.add("inherited");
        } else {
            String parent = files.keySet().stream()
                    .filter(one -> one.matches(".*/touchstone-parent-[^/]*\\.pom"))
                    .findFirst()
                    .orElseThrow();
            Set<String> inherited = elements(files.get(parent));
            inherited.removeAll(Set.of("name", "description"));
            elements.addAll(inherited);
        }
        for (String asked : ASKED) {
            if (!elements.contains(asked)) {
                problems.add(name + " has no <" + asked + ">");
            }
        }
        if (elements.contains("repositories") || elements.contains("distributionManagement")) {
            problems.add(name + " names a repository");
        }
    }

    private static Set<String> elements(byte[] pom) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element project = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(pom))
                .getDocumentElement();
        Set<String> elements = new TreeSet<>();
        for (Node child = project.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element.getTagName());
            }
        }
        return elements;
    }

    private void signed(String name, Map<String, byte[]> files) throws IOException, InterruptedException {
        if (!present(name + ".asc", files)) {
            return;
        }
        Path folder = Files.createTempDirectory("release");
        Path file = Files.write(folder.resolve("file"), files.get(name));
        Path signature = Files.write(folder.resolve("file.asc"), files.get(name + ".asc"));
        Process gpg = new ProcessBuilder("gpg", "--batch", "--verify", signature.toString(), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (gpg.waitFor() != 0) {
            problems.add(name + ".asc does not sign it");
        }
        Files.delete(file);
        Files.delete(signature);
        Files.delete(folder);
    }

    private void checksum(String name, String suffix, String algorithm, Map<String, byte[]> files)
            throws GeneralSecurityException {
        if (present(name + suffix, files)) {
            String expected = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(files.get(name)));
            if (!new String(files.get(name + suffix), StandardCharsets.US_ASCII)
                    .strip()
                    .equals(expected)) {
                problems.add(name + suffix + " is wrong");
            }
        }
    }

    private void materials(String artifact, String base, Map<String, byte[]> files, Path folder) throws IOException {
        String sbom = base + "-cyclonedx.json";
        if (!present(sbom, files)) {
            return;
        }
        Set<String> listed = new TreeSet<>();
        Matcher component = COMPONENT.matcher(new String(files.get(sbom), StandardCharsets.UTF_8));
        while (component.find()) {
            listed.add(component.group(1) + ":" + component.group(2) + ":" + component.group(3));
        }
        listed.removeIf(one -> one.contains(":" + artifact + ":"));
        Set<String> resolved = new TreeSet<>();
        for (String line : Files.readAllLines(folder.resolve(FOLDERS.get(artifact)).resolve("target/runtime.txt"))) {
            Matcher one = LISTED.matcher(line);
            if (one.find() && !line.contains("(optional)")) {
                resolved.add(one.group(1) + ":" + one.group(2) + ":" + one.group(3));
            }
        }
        if (!listed.equals(resolved)) {
            problems.add(sbom + " lists " + listed + ", but an application gets " + resolved);
        }
    }
}
