/* The daemon's requests on fd 3 and the reports on fd 4, as docs/adding-a-language.md has them. */
#include "ghci.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { REQUESTS = 3, REPORTS = 4, LONGEST_HEADER = 200 };

static int read_all(char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = read(REQUESTS, bytes, length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return 0;
		bytes += count;
		length -= (size_t)count;
	}
	return 1;
}

static int read_header(char *line)
{
	for (int length = 0; length < LONGEST_HEADER; length++) {
		if (!read_all(line + length, 1))
			return 0;
		if (line[length] != '\n')
			continue;
		line[length] = '\0';
		return 1;
	}
	return 0;
}

/* `TYPE [ID [CURSOR]] LENGTH`. */
static void parse_header(char *line, struct request *request)
{
	long numbers[3] = {0};
	int count = 0;
	char *end = strchr(line, ' ');
	snprintf(request->type, sizeof request->type, "%.*s", end ? (int)(end - line) : 0, line);
	while (end && *end && count < 3)
		numbers[count++] = strtol(end, &end, 10);
	request->length = count > 0 ? (size_t)numbers[count - 1] : 0;
	request->id = count > 1 ? numbers[0] : 0;
	request->cursor = count > 2 ? numbers[1] : 0;
}

int read_request(struct request *request)
{
	char line[LONGEST_HEADER];
	memset(request, 0, sizeof *request);
	if (!read_header(line))
		return 0;
	parse_header(line, request);
	request->source = malloc(request->length + 1);
	if (!request->source || !read_all(request->source, request->length))
		return 0;
	request->source[request->length] = '\0';
	return 1;
}

void send_report(const char *fields, const char *payload, size_t length)
{
	struct text frame = {0};
	text_printf(&frame, "%s %zu\n", fields, length);
	text_add(&frame, payload, length);
	for (size_t sent = 0; sent < frame.length;) {
		ssize_t count = syscall(SYS_write, REPORTS, frame.bytes + sent, frame.length - sent);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			break;
		sent += (size_t)count;
	}
	text_clear(&frame);
}
