using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>A joint without its addresses.</summary>
/// <param name="Element">The element it was read from.</param>
/// <param name="Joint">The joint.</param>
/// <param name="TimeConstant">
/// Time constant of spring and damper together (springdamper), s; 0 for none.
/// </param>
/// <param name="DampingRatio">Their damping ratio.</param>
/// <param name="Aligned">Whether a body alone on it is aligned; null: alignfree says.</param>
internal sealed record JointDraft(
    XElement Element, ModelJoint Joint, double TimeConstant, double DampingRatio, bool? Aligned);
