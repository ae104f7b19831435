package dev.touchstone.examples.validation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The public records, and where they can be had. */
enum DataSet {
    OLIST(
            "olist_orders_*.csv.gz",
            "orders of a marketplace with review stars: \"Brazilian E-Commerce Public Dataset by Olist\""
                    + " (kaggle.com/datasets/olistbr/brazilian-ecommerce, CC BY-NC-SA 4.0), its orders, items and"
                    + " reviews joined, one row an order"),
    TICKETS(
            "support_tickets_*.csv.gz",
            "tickets of a shop's support with CSAT: \"eCommerce Customer Service Satisfaction\""
                    + " (kaggle.com, no stated license: for"
                    + " measuring only)"),
    INCIDENTS(
            "incidents_*.csv.gz",
            "log of an IT service desk: \"Incident management process enriched event log\""
                    + " (archive.ics.uci.edu/dataset/498, CC BY 4.0)"),
    HCAHPS(
            "hcahps_stars.csv",
            "survey of patients by hospital: \"HCAHPS - Hospital\" (data.cms.gov/provider-data, US public domain),"
                    + " one row a hospital");

    final String pattern;
    final String source;

    DataSet(String pattern, String source) {
        this.pattern = pattern;
        this.source = source;
    }

    /** Returns the files of a folder that belong to this, by name. */
    List<Path> in(Path folder) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new DataException(folder + " could not be read: " + e.getMessage(), e);
            }
        }
        Collections.sort(files);
        return files;
    }
}
