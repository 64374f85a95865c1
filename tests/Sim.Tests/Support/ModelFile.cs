using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Support;

/// <summary>A folder of model files that lives as long as a test.</summary>
internal sealed class ModelFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hilrig-mjcf-").FullName;

    /// <summary>Writes the main file.</summary>
    public ModelFile(string text) => Add("model.xml", text);

    public string Path => System.IO.Path.Combine(_folder, "model.xml");

    public ModelFile Add(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(_folder, name), text);
        return this;
    }

    public Model Load(bool skipMeshes = false) =>
        MjcfLoader.Load(Path, new MjcfOptions { SkipMeshes = skipMeshes });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Loads a model given by its text.</summary>
    public static Model Load(string text)
    {
        using var file = new ModelFile(text);
        return file.Load();
    }

    /// <summary>
    /// A body on one hinge, with more inside the joint's body and beside the world.
    /// </summary>
    public static string OneHinge(string inBody = "", string joint = "", string beside = "") => $"""
        <mujoco>
          <compiler angle="radian"/>
          {beside}
          <worldbody>
            <body name="arm">
              <joint name="j" axis="0 1 0" {joint}/>
              <inertial pos="0 0 -0.1" mass="0.5" diaginertia="0.001 0.001 0.001"/>
              {inBody}
            </body>
          </worldbody>
        </mujoco>
        """;
}
