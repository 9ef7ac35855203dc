package io.weir.topology;

final class NoListener implements FiguresListener {}
