package io.weir.app.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The products of the generated shop. Their popularity follows Zipf's law. Immutable.
 */
final class Catalogue {
    private static final double MEDIAN_CONVERSION = 0.018;
    private static final double LEAST_CONVERSION = 0.004;
    private static final double GREATEST_CONVERSION = 0.08;
    private static final long FEN_MICROS = 10_000;
    private static final int INCIDENT_CANDIDATES = 5;
    private static final double LEAST_OF_BEST = 0.8;

    private static final List<String> STYLES = List.of(
            "linen", "cotton", "silk", "wool", "denim", "velvet", "bamboo", "cork", "canvas", "leather", "oak",
            "walnut", "copper", "steel", "glass", "ceramic", "marble", "jade", "amber", "indigo");

    /** Kinds of products and what one costs in the middle, in whole units of the reporting currency. */
    private static final List<Kind> KINDS = List.of(
            new Kind("shirt", 129),
            new Kind("scarf", 79),
            new Kind("tote", 99),
            new Kind("teapot", 168),
            new Kind("lamp", 219),
            new Kind("cushion", 69),
            new Kind("tray", 89),
            new Kind("vase", 119),
            new Kind("notebook", 39),
            new Kind("wallet", 149),
            new Kind("belt", 109),
            new Kind("clock", 199),
            new Kind("mug", 45),
            new Kind("blanket", 239),
            new Kind("slippers", 59),
            new Kind("phone-case", 35),
            new Kind("backpack", 289),
            new Kind("earrings", 88),
            new Kind("candle", 49),
            new Kind("stool", 329));

    private record Kind(String name, double price) {}

    /**
     * One product.
     *
     * @param conversion share of its visits after which it is paid, for a source of factor 1
     */
    record Product(int rank, String id, long priceMicros, double conversion, double popularity) {
        /** How often it is bought, relative to other products. */
        double sales() {
            return popularity * conversion;
        }
    }

    private final List<Product> products;
    private final WeightedChoice choice;

    /**
     * @param zipfExponent see {@link TrafficSettings}
     * @param conversionFactor what the conversion of every product is multiplied by
     */
    Catalogue(int size, double zipfExponent, double conversionFactor, SeededRandom random) {
        List<String> names = new ArrayList<>();
        List<Product> drawn = new ArrayList<>(size);
        for (int rank = 0; rank < size; rank++) {
            if (names.isEmpty()) {
                names.addAll(shuffledNames(random, rank / (STYLES.size() * KINDS.size())));
            }
            double popularity = StrictMath.pow(rank + 1, -zipfExponent);
            drawn.add(product(rank, names.remove(names.size() - 1), popularity, conversionFactor, random));
        }
        products = List.copyOf(drawn);
        choice = new WeightedChoice(
                products.stream().mapToDouble(Product::popularity).toArray());
    }

    private static List<String> shuffledNames(SeededRandom random, int round) {
        List<String> names = new ArrayList<>();
        for (String style : STYLES) {
            for (Kind kind : KINDS) {
                names.add(style + "-" + kind.name() + (round == 0 ? "" : "-" + (round + 1)));
            }
        }
        for (int i = names.size() - 1; i > 0; i--) {
            int other = random.below(i + 1);
            names.set(i, names.set(other, names.get(i)));
        }
        return names;
    }

    private static Product product(
            int rank, String id, double popularity, double conversionFactor, SeededRandom random) {
        double middle = KINDS.stream()
                .filter(kind -> id.contains("-" + kind.name()))
                .mapToDouble(Kind::price)
                .findFirst()
                .orElseThrow();
        long priceMicros = Math.round(random.logNormal(middle, 0.25) * 1_000_000 / FEN_MICROS) * FEN_MICROS;
        double conversion = random.logNormal(MEDIAN_CONVERSION, 0.4);
        return new Product(
                rank,
                id,
                priceMicros,
                Math.max(LEAST_CONVERSION, Math.min(GREATEST_CONVERSION, conversion)) * conversionFactor,
                popularity);
    }

    List<Product> products() {
        return products;
    }

    /** A product, the popular ones more often. */
    Product draw(SeededRandom random) {
        return products.get(choice.draw(random));
    }

    /** One of the five products that sell most often, of those that sell nearly as often as the first. */
    Product drawBestSeller(SeededRandom random) {
        List<Product> bySales = products.stream()
                .sorted(Comparator.comparingDouble(product -> -product.sales()))
                .limit(INCIDENT_CANDIDATES)
                .toList();
        List<Product> best = bySales.stream()
                .filter(product ->
                        product.sales() >= LEAST_OF_BEST * bySales.get(0).sales())
                .toList();
        return best.get(random.below(best.size()));
    }

    /** The conversion of an average visit, popular products weighing more. */
    double meanConversion() {
        double weights = products.stream().mapToDouble(Product::popularity).sum();
        return products.stream().mapToDouble(Product::sales).sum() / weights;
    }
}
