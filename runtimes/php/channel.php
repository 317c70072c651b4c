<?php
/* The control pipes, fd 3 and 4. */
namespace krunner;

final class Channel
{
    private static $requests;
    private static $reports;

    static function open()
    {
        self::$requests = fopen('php://fd/3', 'r');
        self::$reports = fopen('php://fd/4', 'w');
        stream_set_write_buffer(self::$reports, 0);
    }

    /** The fields of a request's first line, with its type as the first, and its text as the last; null at the end. */
    static function receive()
    {
        if (stream_get_meta_data(self::$requests)['unread_bytes'] === 0) \krunner_wait();
        $line = fgets(self::$requests);
        if ($line === false) return null;
        $fields = explode(' ', rtrim($line, "\n"));
        $length = (int) array_pop($fields);
        $fields[] = $length > 0 ? stream_get_contents(self::$requests, $length) : '';
        return $fields;
    }

    static function send(string $head, string $text = '')
    {
        $message = $head . ' ' . strlen($text) . "\n" . $text;
        while ($message !== '' && ($written = fwrite(self::$reports, $message)) !== false)
            $message = (string) substr($message, $written);
    }
}
