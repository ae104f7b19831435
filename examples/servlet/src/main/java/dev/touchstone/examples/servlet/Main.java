package dev.touchstone.examples.servlet;

/** Opens the box office: {@code java -jar servlet.jar [port]}. */
public final class Main {

    private static final int PORT = 8081;
    private static final int AUDIENCE = 4;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        int port = arguments.length == 0 ? PORT : Integer.parseInt(arguments[0]);
        try (BoxOffice office = new BoxOffice(port);
                Audience audience = new Audience(office.port(), AUDIENCE)) {
            System.out.println("The box office is open at http://localhost:" + office.port()
                    + "/ and how it is going is at http://localhost:" + office.port() + "/touchstone/");
            Runtime.getRuntime().addShutdownHook(new Thread(audience::close, "closing-time"));
            office.await();
        }
    }
}
