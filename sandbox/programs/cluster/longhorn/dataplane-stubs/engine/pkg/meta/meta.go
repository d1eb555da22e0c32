// Package meta stands in for the versions that longhorn-engine tells: those of v1.12.0.
package meta

const (
	CLIAPIVersion           = 12
	CLIAPIMinVersion        = 8
	ControllerAPIVersion    = 6
	ControllerAPIMinVersion = 4
	DataFormatVersion       = 1
	DataFormatMinVersion    = 1
)

type VersionOutput struct {
	Version, GitCommit, BuildDate                 string
	CLIAPIVersion, CLIAPIMinVersion               int
	ControllerAPIVersion, ControllerAPIMinVersion int
	DataFormatVersion, DataFormatMinVersion       int
}

func GetVersion() VersionOutput {
	return VersionOutput{Version: "v1.12.0", CLIAPIVersion: CLIAPIVersion, CLIAPIMinVersion: CLIAPIMinVersion,
		ControllerAPIVersion: ControllerAPIVersion, ControllerAPIMinVersion: ControllerAPIMinVersion,
		DataFormatVersion: DataFormatVersion, DataFormatMinVersion: DataFormatMinVersion}
}
