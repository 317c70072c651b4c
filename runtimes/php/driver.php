<?php
/*
 * Keeps a user's PHP session: PHP 7.1 and later, with the extension `tokenizer`, and `native/driver-php.c` of ours, which PHP loads as
 * an extension.
 *
 * A cell is compiled and run as a main script of its own, named `<cell ID>`: its variables are the global ones, and functions,
 * classes and constants are PHP's own, so all of them persist. What PHP ends a script for (a fatal error, `exit`, an
 * interrupt) ends the cell, since our extension catches the engine where it gives up; the process goes on with all that was
 * made until then. Before a cell declares a name anew, the extension takes the old one away (`native/driver-php-names.c`).
 *
 * Before that the cell is read token by token (`cell.php`, `statements.php`): its last expression is kept to be shown, what it
 * declares is looked up, and the namespace, imports and strictness of earlier cells are put in front of it (`scope.php`).
 *
 * `docs/adding-a-language.md` has the protocol.
 */
namespace krunner;

foreach (['channel', 'tokens', 'statements', 'scope', 'cell', 'session', 'errors', 'words', 'names', 'documentation'] as $GLOBALS['part'])
    require __DIR__ . "/{$GLOBALS['part']}.php";
unset($GLOBALS['part']);

serve();
