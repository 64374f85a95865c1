namespace HilRig.Scenarios.Tests;

/// <summary>The suites run the program of this build, not one that is installed.</summary>
[SetUpFixture]
public sealed class BuiltProgramSetUp
{
    private const string Variable = "HILRIG_PROGRAM";

    [OneTimeSetUp]
    public void Name_the_built_program()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Environment.SetEnvironmentVariable(Variable, Path());
        }
    }

    /// <summary>artifacts/bin/PROJECT/CONFIGURATION is both projects' form.</summary>
    private static string Path()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/', '\\'));
        string configuration = own.Name.Split('_')[0];
        string name = OperatingSystem.IsWindows() ? "hilrig.exe" : "hilrig";
        return System.IO.Path.Combine(
            own.Parent!.Parent!.FullName, "HilRig.Cli", configuration, name);
    }
}
