/**
 * One stop of the Tab key for a whole table; arrow keys, Home, End, Page Up and Page Down move within it. Header cells
 * hold a button, which takes the focus in their place.
 */

const PAGE_ROWS = 10;

export class GridFocus {
  #table;
  #current = null;

  constructor(table) {
    this.#table = table;
    table.addEventListener("keydown", (event) => this.#pressed(event));
    table.addEventListener("focusin", ({ target }) => this.#take(target));
    table.querySelectorAll("thead button").forEach((button) => (button.tabIndex = -1));
    this.settle();
  }

  /** Makes sure that Tab reaches the table: the cell it would reach may be gone. */
  settle() {
    if (!this.#current?.isConnected) {
      this.#take(this.#stop(0, 0));
    }
  }

  /** A row is about to go: focus on it moves to the head of its column, so that it is not lost. */
  leave(row) {
    if (row.contains(document.activeElement)) {
      this.#stop(0, document.activeElement.closest("th, td").cellIndex).focus();
    }
  }

  #take(stop) {
    if (stop && stop !== this.#current) {
      this.#current?.setAttribute("tabindex", "-1");
      stop.setAttribute("tabindex", "0");
      this.#current = stop;
    }
  }

  #stop(row, column) {
    const cell = this.#table.rows[row]?.cells[column];
    return cell?.querySelector("button") ?? cell ?? null;
  }

  #pressed(event) {
    const cell = event.target.closest("th, td");
    if (!cell || event.altKey || event.metaKey) {
      return;
    }
    const [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
    const [lastRow, lastColumn] = [this.#table.rows.length - 1, this.#table.rows[0].cells.length - 1];
    const moves = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? lastRow : row, lastColumn],
      PageUp: [Math.max(0, row - PAGE_ROWS), column],
      PageDown: [Math.min(lastRow, row + PAGE_ROWS), column],
    };
    const move = moves[event.key];
    const stop = move && this.#nearest(move, Math.sign(move[1] - column));
    if (move) {
      event.preventDefault();
      stop?.focus();
    }
  }

  /** The stop there or, where that column is not shown, the next one on. */
  #nearest([row, column], step) {
    const stop = this.#stop(row, column);
    return stop === null || stop.offsetParent !== null || step === 0 ? stop : this.#nearest([row, column + step], step);
  }
}
