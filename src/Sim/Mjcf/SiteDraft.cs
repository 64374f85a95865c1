using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>A site without its body's index.</summary>
/// <param name="Element">The element it was read from.</param>
/// <param name="Site">The site.</param>
internal sealed record SiteDraft(XElement Element, ModelSite Site);
