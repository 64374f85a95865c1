using System.CommandLine;
using HilRig.Core.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Cli.Sim;

/// <summary>What the verbs of `hilrig sim` have in common.</summary>
internal static class SimOptions
{
    /// <summary>The model as an argument.</summary>
    public static Argument<string> ModelArgument() =>
        new("MODEL") { Description = "MJCF file of the robot." };

    /// <summary>The model as an option.</summary>
    public static Option<string> Model() =>
        new("--model") { Description = "MJCF file of the robot.", Required = true };

    /// <summary>Whether meshes are left out.</summary>
    public static Option<bool> SkipMeshes() =>
        new("--skip-meshes") { Description = "Go on without mesh geoms instead of refusing them." };

    /// <summary>A file to read or write.</summary>
    public static Option<string> File(string name, string description) =>
        new(name) { Description = description, Required = true };

    /// <summary>Which number type and device computes.</summary>
    public static Option<string> Backend() => new("--backend")
    {
        Description = "What computes: double (the only one so far).",
        DefaultValueFactory = _ => "double",
    };

    /// <summary>Loads the model.</summary>
    public static Model Load(string path, bool skipMeshes) =>
        MjcfLoader.Load(path, new MjcfOptions { SkipMeshes = skipMeshes });

    /// <summary>Refuses back ends that do not exist yet.</summary>
    /// <exception cref="ModelException">Another back end than double.</exception>
    public static void RequireDouble(string backend)
    {
        if (backend != "double")
        {
            throw new ModelException(
                "this back end does not exist yet", "--backend", "double", backend);
        }
    }

    /// <summary>Opens a text file to read.</summary>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public static StreamReader OpenText(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException("the file cannot be read", path, inner: fault);
        }
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its text.</param>
    /// <exception cref="ModelException">It cannot be written.</exception>
    public static TResult WriteText<TResult>(string path, Func<TextWriter, TResult> write)
    {
        string partial = path + ".partial";
        try
        {
            TResult result;
            using (var writer = new StreamWriter(partial) { NewLine = "\n" })
            {
                result = write(writer);
            }

            System.IO.File.Move(partial, path, overwrite: true);
            return result;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException("the file cannot be written", path, inner: fault);
        }
        finally
        {
            // Only a failed write leaves it; Delete would fail where the folder does not exist.
            if (System.IO.File.Exists(partial))
            {
                System.IO.File.Delete(partial);
            }
        }
    }
}
