package catalog

// BranchKind is what a branch of a source is.
type BranchKind string

// The kinds of branch.
const (
	BranchSource  BranchKind = "source" // the root
	BranchFolder  BranchKind = "folder"
	BranchFile    BranchKind = "file"
	BranchHeading BranchKind = "heading"
)

// Branch is a part of a source: the source itself, a folder, a file, or a heading within a file. Its numbers hold all
// that is below it too. They count links and not resources, so that branches add up to the one above them.
type Branch struct {
	ID       int64 // stays the same over syncs; of no meaning outside of the database
	Source   string
	Kind     BranchKind
	Name     string   // of the folder or file, or the heading; the source's name for the root
	File     string   // path of the folder or file, or of the file of a heading; empty for the root
	Headings []string // of a heading: its path within the file, outermost first, itself last
	Links    int      // in force
	States   map[State]int
	Findings map[FindingKind]int // open ones that are not set aside, once for each link
	Branches int                 // directly below
}

// Sore returns how many links of the branch are dead or failing.
func (b Branch) Sore() int { return b.States[Dead] + b.States[Failing] }

// Tree is one branch with those directly around it.
type Tree struct {
	Branch
	Above []Branch // from the root down to the one above; empty for the root
	// Below are the branches directly below: folders and files by name, headings in the order of the file. At most
	// 1,000 are given; Branch.Branches says how many there are.
	Below []Branch
}
