// Creates copies of one object at an API server, so many at once, and says how long each took: a client that leaves the processors
// to what is measured.
//
//	main URL PREFIX AT_ONCE SECONDS <object.json
//
// URL is the collection, with the token in KUBE_TOKEN. The object's name is written NAME. Writes {"ms": [...], "seconds": until
// the last has ended, "processor": seconds}.
package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	url, prefix := os.Args[1], os.Args[2]
	atOnce, err := strconv.Atoi(os.Args[3])
	must(err)
	seconds, err := strconv.ParseFloat(os.Args[4], 64)
	must(err)
	object, err := io.ReadAll(os.Stdin)
	must(err)
	before, after, found := bytes.Cut(object, []byte("NAME"))
	if !found {
		must(fmt.Errorf("the object's name is not NAME"))
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}
	client := &http.Client{Transport: transport, Timeout: 60 * time.Second}
	var made atomic.Int64
	took := make([][]float64, atOnce)
	started := time.Now()
	deadline := started.Add(time.Duration(seconds * float64(time.Second)))
	var all sync.WaitGroup
	for worker := range atOnce {
		all.Go(func() {
			for time.Now().Before(deadline) {
				name := fmt.Sprintf("%s-%d", prefix, made.Add(1))
				body := bytes.Join([][]byte{before, []byte(name), after}, nil)
				began := time.Now()
				create(client, url, body)
				took[worker] = append(took[worker], float64(time.Since(began).Microseconds())/1000)
			}
		})
	}
	all.Wait()
	elapsed := time.Since(started).Seconds()
	each := []float64{}
	for _, some := range took {
		each = append(each, some...)
	}
	told := map[string]any{"ms": each, "seconds": elapsed, "processor": processor()}
	must(json.NewEncoder(os.Stdout).Encode(told))
}

func create(client *http.Client, url string, body []byte) {
	request, err := http.NewRequest("POST", url, bytes.NewReader(body))
	must(err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+os.Getenv("KUBE_TOKEN"))
	answer, err := client.Do(request)
	must(err)
	defer answer.Body.Close()
	told, err := io.ReadAll(answer.Body)
	must(err)
	if answer.StatusCode != http.StatusCreated {
		must(fmt.Errorf("%s: %s", answer.Status, told))
	}
}

func processor() float64 {
	var used syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
