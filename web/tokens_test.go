package web

import (
	"math"
	"os"
	"strconv"
	"testing"

	"waymark/catalog"
)

// TestContrast holds the contrast of the tokens in both themes (WCAG 2.2, 1.4.3 and 1.4.11): text 4.5:1, what is drawn
// 3:1, on every ground that it stands on.
func TestContrast(t *testing.T) {
	palette := colours(t)
	grounds := []string{"ground", "surface", "raised"}
	for _, theme := range []int{light, dark} {
		hold := func(front, back string, least float64) {
			t.Helper()
			if got := contrast(palette[front][theme], palette[back][theme]); got < least {
				t.Errorf("theme %d: %s on %s: %.2f:1, want %.1f:1", theme, front, back, got, least)
			}
		}
		for _, ground := range append(grounds, "accent-soft") {
			for _, text := range []string{"ink", "muted", "accent"} {
				hold(text, ground, 4.5)
			}
			for _, state := range catalog.States() {
				hold(string(state)+"-ink", ground, 4.5)
			}
		}
		hold("on-accent", "accent-ground", 4.5)
		for _, ground := range []string{"ground", "surface"} {
			hold("line-field", ground, 3)
			for _, state := range []string{"ok", "dead", "blocked"} {
				hold(state, ground, 3)
			}
		}
	}
}

// leastApart is the difference from which two areas beside each other are told apart at a glance (CIEDE2000; 2.3 is
// just noticed).
const leastApart = 10

// TestStatesStayApartWithoutColourVision holds that the fills of states that stand beside each other are told apart by
// those who lack one kind of cone, in both themes. Shape and word tell them too.
func TestStatesStayApartWithoutColourVision(t *testing.T) {
	palette := colours(t)
	for _, theme := range []int{light, dark} {
		for vision, matrix := range visions {
			states := []catalog.State{catalog.OK, catalog.Failing, catalog.Dead, catalog.Blocked, catalog.Unchecked}
			for i, a := range states {
				for _, b := range states[i+1:] {
					one, other := palette[string(a)][theme].seen(matrix), palette[string(b)][theme].seen(matrix)
					if got := ciede2000(one.lab(), other.lab()); got < leastApart {
						t.Errorf("theme %d, %s: %s and %s differ by %.1f, want %d", theme, vision, a, b, got, leastApart)
					}
				}
			}
		}
	}
}

func TestCIEDE2000(t *testing.T) {
	// Pairs of Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005, table 1.
	for _, test := range []struct {
		a, b [3]float64
		want float64
	}{
		{[3]float64{50, 2.6772, -79.7751}, [3]float64{50, 0, -82.7485}, 2.0425},
		{[3]float64{50, 2.5, 0}, [3]float64{73, 25, -18}, 27.1492},
		{[3]float64{2.0776, 0.0795, -1.135}, [3]float64{0.9033, -0.0636, -0.5514}, 0.9082},
		{[3]float64{22.7233, 20.0904, -46.694}, [3]float64{23.0331, 14.973, -42.5619}, 2.0373},
	} {
		if got := ciede2000(test.a, test.b); math.Abs(got-test.want) > 0.0001 {
			t.Errorf("%v and %v: %.4f, want %.4f", test.a, test.b, got, test.want)
		}
	}
}

const light, dark = 0, 1

// colours reads the colours of the tokens, light and dark.
func colours(t *testing.T) map[string][2]rgb {
	t.Helper()
	sheet, err := os.ReadFile("static/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	palette := map[string][2]rgb{}
	for _, token := range tokens(string(sheet)) {
		if token.Light != "" {
			palette[token.Name] = [2]rgb{parseColour(t, token.Light), parseColour(t, token.Dark)}
		}
	}
	return palette
}

// rgb is a colour in linear light, 0 to 1.
type rgb [3]float64

func parseColour(t *testing.T, hex string) rgb {
	t.Helper()
	var c rgb
	for i := range c {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		s := float64(n) / 255
		if c[i] = s / 12.92; s > 0.04045 {
			c[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return c
}

// contrast is that of WCAG 2.2.
func contrast(a, b rgb) float64 {
	x, y := a.luminance()+0.05, b.luminance()+0.05
	return max(x, y) / min(x, y)
}

func (c rgb) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// visions are the matrices of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
// Vision Deficiency", 2009, at full severity.
var visions = map[string][9]float64{
	"normal": {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"protan": {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deutan": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritan": {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

func (c rgb) seen(m [9]float64) rgb {
	var out rgb
	for i := range out {
		out[i] = min(max(m[3*i]*c[0]+m[3*i+1]*c[1]+m[3*i+2]*c[2], 0), 1)
	}
	return out
}

// lab converts to CIE L*a*b* under D65.
func (c rgb) lab() [3]float64 {
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047)
	y := f(0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2])
	z := f((0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// ciede2000 is the difference of two colours (CIE 142-2001).
func ciede2000(p, q [3]float64) float64 {
	rad := math.Pi / 180
	mean := (math.Hypot(p[1], p[2]) + math.Hypot(q[1], q[2])) / 2
	seventh := math.Pow(mean, 7) / (math.Pow(mean, 7) + math.Pow(25, 7))
	g := 1 + 0.5*(1-math.Sqrt(seventh))
	c1, c2 := math.Hypot(g*p[1], p[2]), math.Hypot(g*q[1], q[2])
	h1, h2 := hue(g*p[1], p[2]), hue(g*q[1], q[2])
	dh, hm := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		dh, hm = 0, h1+h2
	case dh > 180:
		dh -= 360
	case dh < -180:
		dh += 360
	}
	if c1*c2 != 0 && math.Abs(h1-h2) > 180 {
		hm = math.Mod((h1+h2+360)/2, 360)
	}
	lm, cm := (p[0]+q[0])/2, (c1+c2)/2
	dH := 2 * math.Sqrt(c1*c2) * math.Sin(dh/2*rad)
	weight := 1 - 0.17*math.Cos((hm-30)*rad) + 0.24*math.Cos(2*hm*rad) + 0.32*math.Cos((3*hm+6)*rad) - 0.2*math.Cos((4*hm-63)*rad)
	sl := 1 + 0.015*(lm-50)*(lm-50)/math.Sqrt(20+(lm-50)*(lm-50))
	sc, sh := 1+0.045*cm, 1+0.015*cm*weight
	cm7 := math.Pow(cm, 7)
	turn := (hm - 275) / 25
	rt := -math.Sin(60*math.Exp(-turn*turn)*rad) * 2 * math.Sqrt(cm7/(cm7+math.Pow(25, 7)))
	l, c, h := (q[0]-p[0])/sl, (c2-c1)/sc, dH/sh
	return math.Sqrt(l*l + c*c + h*h + rt*c*h)
}

// hue is an angle in degrees, 0 to 360.
func hue(a, b float64) float64 {
	if a == 0 && b == 0 {
		return 0
	}
	return math.Mod(math.Atan2(b, a)*180/math.Pi+360, 360)
}
