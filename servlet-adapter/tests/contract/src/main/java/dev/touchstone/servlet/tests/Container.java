package dev.touchstone.servlet.tests;

/** A servlet container that runs one application on loopback. */
public interface Container {

    /** Starts it, with {@link ShopInitializer} and the initializer of the adapter. */
    Running start(Site site) throws Exception;

    /** A container that runs. */
    interface Running {

        int port();

        void stop() throws Exception;
    }
}
