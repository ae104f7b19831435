package dev.touchstone.examples.cluster;

import java.util.concurrent.CountDownLatch;

/** Starts the cluster, and ends it with Ctrl-C. */
final class Main {

    private static final int FIRST_PORT = 8081;

    private Main() {}

    /** Runs until it is interrupted. */
    public static void main(String[] arguments) throws Exception {
        int port = arguments.length == 0 ? FIRST_PORT : Integer.parseInt(arguments[0]);
        System.out.println("A broker and three pods start; this takes half a minute.");
        Cluster cluster = new Cluster(port);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "close"));
        System.out.println("The page:  http://127.0.0.1:" + port + "/touchstone/");
        System.out.println(
                "The pods have the process ids " + cluster.pods() + ". Kill one with kill -9 while you look:");
        System.out.println("the others go on, and it is started again. Ctrl-C ends all of it.");
        new CountDownLatch(1).await();
    }
}
