// Packs the types of the standard library for the driver: `go list -export` lines on stdin, `PATH FILE` each,
// and the sources of generic packages, `src/PATH/NAME FILE`. The output is the argument.
package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
)

func main() {
	output, err := os.Create(os.Args[1])
	check(err)
	archive := zip.NewWriter(output)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		name, file, found := strings.Cut(lines.Text(), " ")
		if !found || file == "" {
			continue
		}
		content, err := os.ReadFile(file)
		check(err)
		if !strings.HasPrefix(name, "src/") {
			content = typesOf(content)
		}
		entry, err := archive.Create(name)
		check(err)
		_, err = entry.Write(content)
		check(err)
	}
	check(archive.Close())
	check(output.Close())
}

// typesOf cuts an archive of Go's compiler behind its first member, which is all that a type checker reads.
func typesOf(archive []byte) []byte {
	const magic, header = "!<arch>\n", 60
	if !bytes.HasPrefix(archive, []byte(magic)) {
		check(fmt.Errorf("no archive of Go's compiler"))
	}
	size, err := strconv.Atoi(strings.TrimSpace(string(archive[len(magic)+48 : len(magic)+58])))
	check(err)
	return archive[:len(magic)+header+size]
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
