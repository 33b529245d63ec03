#version 400
// A furnished room by ray casting; people and things that move by sphere tracing of
// round cones, ellipsoids, rounded boxes, rings and discs in bounded groups.
// The sizes are those of renderer.py, which fills the block.
out vec4 fragColor;

const int MAX_SHAPES = 420, MAX_GROUPS = 64, MAX_BOXES = 110, MAX_CAPSULES = 128;
const int MAX_MATERIALS = 96, MAX_PANELS = 32, MAX_RUGS = 4;

layout(std140) uniform Data {
  vec4 shapes[MAX_SHAPES * 4];      // geometry (2), material+kind (1), orientation (1)
  vec4 groups[MAX_GROUPS * 2];      // a + radius, b + (first + 1000 * count)
  vec4 boxes[MAX_BOXES * 4];        // centre + yaw, half size + rounding, colour + pattern, cos sin
  vec4 capsules[MAX_CAPSULES * 2];  // what throws shadows
  vec4 materials[MAX_MATERIALS * 2];
  vec4 panels[MAX_PANELS * 2];      // wall u y kind, half width, half height, seed, glow
  vec4 rugs[MAX_RUGS * 2];          // centre and half size, style, yaw, seed
};

uniform vec3 camPos, camX, camY, camZ;
uniform vec2 res, jitter;
uniform float focal, distortion;
uniform int nGroups, nBoxes, nCapsules, nPanels, nRugs;
uniform vec3 roomLo, roomHi, lightPos, lightColour, wallColour, floorColour, skyColour;
uniform float ambient, exposure, lightFall;
uniform int floorStyle, wallStyle;

// ---------------------------------------------------------------- noise
float hash1(float p) { return fract(sin(p * 127.1) * 43758.5453); }
float hash3(vec3 p) {
  p = fract(p * 0.1031);
  p += dot(p, p.yzx + 33.33);
  return fract((p.x + p.y) * p.z);
}
float valueNoise(vec3 x) {
  vec3 i = floor(x), f = fract(x);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(mix(hash3(i), hash3(i + vec3(1, 0, 0)), f.x),
                 mix(hash3(i + vec3(0, 1, 0)), hash3(i + vec3(1, 1, 0)), f.x), f.y),
             mix(mix(hash3(i + vec3(0, 0, 1)), hash3(i + vec3(1, 0, 1)), f.x),
                 mix(hash3(i + vec3(0, 1, 1)), hash3(i + vec3(1, 1, 1)), f.x), f.y), f.z);
}
float noise2(vec3 p) { return 0.62 * valueNoise(p) + 0.38 * valueNoise(p * 2.3 + 3.0); }
float noise3(vec3 p) {
  return 0.5 * valueNoise(p) + 0.3 * valueNoise(p * 2.1 + 3.0) + 0.2 * valueNoise(p * 4.3 + 7.0);
}

// ---------------------------------------------------------------- distances
vec3 unrotate(vec4 q, vec3 v) {
  vec3 u = -q.xyz;
  return v + 2.0 * cross(u, cross(u, v) + q.w * v);
}
float roundCone(vec3 p, vec3 a, float r1, vec3 b, float r2) {
  vec3 ba = b - a;
  float l2 = dot(ba, ba) + 1e-9, rr = r1 - r2, a2 = max(l2 - rr * rr, 1e-9), il2 = 1.0 / l2;
  vec3 pa = p - a;
  float y = dot(pa, ba), z = y - l2;
  vec3 xx = pa * l2 - ba * y;
  float x2 = dot(xx, xx), y2 = y * y * l2, z2 = z * z * l2, k = sign(rr) * rr * rr * x2;
  if (sign(z) * a2 * z2 > k) return sqrt(x2 + z2) * il2 - r2;
  if (sign(y) * a2 * y2 < k) return sqrt(x2 + y2) * il2 - r1;
  return (sqrt(x2 * a2 * il2) + y * rr) * il2 - r1;
}
float shapeDistance(int i, vec3 p) {
  vec4 v0 = shapes[4 * i], v1 = shapes[4 * i + 1];
  float kind = shapes[4 * i + 2].z;
  if (kind < 0.5) return roundCone(p, v0.xyz, v0.w, v1.xyz, v1.w);
  vec3 q = unrotate(shapes[4 * i + 3], p - v0.xyz);
  if (kind < 1.5) {  // ellipsoid
    vec3 r = v1.xyz;
    float k0 = length(q / r), k1 = length(q / (r * r));
    return k0 < 1e-4 ? -min(r.x, min(r.y, r.z)) : k0 * (k0 - 1.0) / k1;
  }
  if (kind < 2.5) {  // rounded box
    vec3 d = abs(q) - v1.xyz + v1.w;
    return length(max(d, 0.0)) + min(max(d.x, max(d.y, d.z)), 0.0) - v1.w;
  }
  if (kind < 3.5) return length(vec2(length(q.yz) - v1.x, q.x)) - v1.y;  // ring about x
  vec2 d = vec2(length(q.yz) - v1.x, abs(q.x) - v1.y) + v1.w;            // disc about x
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - v1.w;
}
float smoothMin(float a, float b, float k) {
  float h = max(k - abs(a - b), 0.0) / k;
  return min(a, b) - h * h * k * 0.25;
}
float groupDistance(int g, vec3 p) {
  float w = groups[2 * g + 1].w;
  int first = int(w) % 1000, count = int(w) / 1000;
  float d = 1e3;
  for (int i = first; i < first + count; i++) {
    float e = shapeDistance(i, p), k = shapes[4 * i + 2].y;
    d = k > 0.0 ? smoothMin(d, e, k) : min(d, e);
  }
  return d;
}
float bodies(vec3 p, uvec2 mask) {
  float d = 1e3;
  for (uint m = mask.x; m != 0u; m &= m - 1u) d = smoothMin(d, groupDistance(findLSB(m), p), 0.008);
  for (uint m = mask.y; m != 0u; m &= m - 1u)
    d = smoothMin(d, groupDistance(32 + findLSB(m), p), 0.008);
  return d;
}
void nearestIn(int g, vec3 p, inout float best, inout int shape) {
  float w = groups[2 * g + 1].w;
  int first = int(w) % 1000, count = int(w) / 1000;
  for (int i = first; i < first + count; i++) {
    float e = shapeDistance(i, p) - shapes[4 * i + 2].w;
    if (e < best) { best = e; shape = i; }
  }
}
int nearestShape(vec3 p, uvec2 mask) {
  float best = 1e3;
  int shape = 0;
  for (uint m = mask.x; m != 0u; m &= m - 1u) nearestIn(findLSB(m), p, best, shape);
  for (uint m = mask.y; m != 0u; m &= m - 1u) nearestIn(32 + findLSB(m), p, best, shape);
  return shape;
}
float rayToSegment(vec3 ro, vec3 rd, vec3 a, vec3 b) {
  vec3 u = b - a, w = ro - a;
  float bb = dot(rd, u), c = dot(u, u), d = dot(rd, w), e = dot(u, w), D = c - bb * bb;
  float s = D < 1e-7 ? 0.0 : clamp((e - bb * d) / D, 0.0, 1.0), t = max(0.0, bb * s - d);
  return length(w + rd * t - u * s);
}
void addGroup(inout uvec2 mask, int g) {
  if (g < 32) mask.x |= 1u << uint(g); else mask.y |= 1u << uint(g - 32);
}

// ---------------------------------------------------------------- shadows
float capsuleShadow(vec3 ro, vec3 rd, vec3 a, vec3 b, float r, float k) {
  vec3 ba = b - a, oa = ro - a;
  float oad = dot(oa, rd), dba = dot(rd, ba), baba = dot(ba, ba) + 1e-8, oaba = dot(oa, ba);
  vec2 th = vec2(-oad * baba + dba * oaba, oaba - oad * dba) / max(baba - dba * dba, 1e-6);
  th = vec2(max(th.x, 0.0001), clamp(th.y, 0.0, 1.0));
  float d = length(a + ba * th.y - ro - rd * th.x) - r, s = clamp(k * d / th.x + 0.5, 0.0, 1.0);
  return s * s * (3.0 - 2.0 * s);
}
float capsuleOcclusion(vec3 p, vec3 n, vec3 a, vec3 b, float r) {
  vec3 ba = b - a, pa = p - a;
  vec3 d = pa - clamp(dot(pa, ba) / (dot(ba, ba) + 1e-8), 0.0, 1.0) * ba;
  float l = length(d);
  return 1.0 - min(max(0.0, dot(-d, n)) * r * r / (l * l * l), 1.0);
}
float capsuleLight(vec3 p, vec3 n, vec3 L, out float open) {
  float s = 1.0;
  open = 1.0;
  for (int i = 0; i < nCapsules; i++) {
    vec4 a = capsules[2 * i], b = capsules[2 * i + 1];
    if (length(p - 0.5 * (a.xyz + b.xyz)) > 3.2) continue;
    s = min(s, capsuleShadow(p, L, a.xyz, b.xyz, a.w, 9.0));
    open *= mix(1.0, capsuleOcclusion(p, n, a.xyz, b.xyz, a.w), 0.8);
  }
  return s;
}
vec3 intoBox(int i, vec3 v) {
  vec2 cs = boxes[4 * i + 3].xy;
  return vec3(cs.x * v.x - cs.y * v.z, v.y, cs.y * v.x + cs.x * v.z);
}
float boxOpenness(vec3 p) {
  float o = 1.0;
  for (int i = 0; i < nBoxes; i++) {
    vec3 d = max(abs(intoBox(i, p - boxes[4 * i].xyz)) - boxes[4 * i + 1].xyz, 0.0);
    o *= mix(0.55, 1.0, smoothstep(0.0, 0.28, length(d) + 0.02));
  }
  return max(o, 0.25);
}
float boxLight(vec3 p, vec3 L, float far, int self) {  // soft: by how far the ray misses the box
  float s = 1.0;
  for (int i = 0; i < nBoxes; i++) {
    if (i == self) continue;
    vec3 o = intoBox(i, p - boxes[4 * i].xyz), d = intoBox(i, L), m = 1.0 / (d + vec3(1e-6));
    vec3 k = abs(m) * boxes[4 * i + 1].xyz, t1 = -m * o - k, t2 = -m * o + k;
    float near = max(max(t1.x, t1.y), t1.z), out_ = min(min(t2.x, t2.y), t2.z);
    if (out_ < 0.01 || near > far) continue;
    float gap = (near - out_) / max(0.25 * abs(near) + 0.05, 0.02);
    s = min(s, clamp(0.5 + gap * 0.9, 0.0, 1.0));
  }
  return s;
}

// ---------------------------------------------------------------- room surfaces
vec3 rugTexture(int k, vec2 q, vec3 p, vec3 under) {
  vec2 half_ = rugs[2 * k].zw;
  int style = int(rugs[2 * k + 1].x);
  float seed = rugs[2 * k + 1].z, m = max(abs(q.x) - half_.x, abs(q.y) - half_.y);
  if (m > 0.0) return under;
  vec3 hue = (0.30 + 0.16 * cos(6.28 * (vec3(0.0, 0.33, 0.67) + seed))) * (0.6 + 0.7 * hash1(seed * 57.0));
  if (style == 0) {  // waves
    vec3 c = mix(hue * 0.8, vec3(0.75, 0.68, 0.55), step(0.5, fract(q.x * 1.6 + 0.25 * sin(q.y * 7.0))));
    return mix(c, hue.zxy * 0.45, step(-0.12, m)) * (0.8 + 0.4 * hash3(floor(p * 180.0)));
  }
  if (style == 1) return hue * (0.75 + 0.3 * noise2(p * 40.0) + 0.2 * hash3(floor(p * 200.0)));
  if (style == 2) {  // a road of paper: white, grey edge, a line down the middle, printed feet
    vec3 c = vec3(0.86, 0.85, 0.81) * (0.96 + 0.06 * noise2(p * 5.0));
    c *= 0.75 + 0.25 * smoothstep(0.0, 0.012, -m);
    if (abs(q.y) < 0.012 && fract(q.x * 2.0) < 0.55) c = vec3(0.25, 0.42, 0.7);
    if (abs(q.x - half_.x + 0.25) < 0.03) c = vec3(0.75, 0.12, 0.1);
    return c;
  }
  if (style == 5) {  // gravel path
    vec3 c = vec3(0.44, 0.39, 0.31) * (0.6 + 0.5 * noise3(p * 22.0) + 0.3 * hash3(floor(p * 90.0)));
    return mix(c, under, smoothstep(-0.12, 0.0, m + 0.12 * noise2(p * 5.0) - 0.04));
  }
  if (style == 3) {  // gym mat
    vec2 f = min(fract(q), 1.0 - fract(q));
    return mix(vec3(0.12, 0.28, 0.52), hue, 0.3) * (0.9 + 0.15 * noise2(p * 25.0))
         * (0.7 + 0.3 * smoothstep(0.0, 0.012, min(f.x, f.y)));
  }
  vec3 c = mix(vec3(0.55, 0.5, 0.42), hue, 0.6) * (0.8 + 0.4 * hash3(floor(p * 150.0)));  // checks
  return c * (mod(floor(q.x * 3.0) + floor(q.y * 3.0), 2.0) < 0.5 ? 1.0 : 0.72);
}
vec3 plainFloor(vec3 p) {
  vec3 c = floorColour;
  if (floorStyle == 0) {  // boards
    float w = 0.14, row = floor(p.z / w), x = p.x + hash1(row) * 1.3, board = floor(x / 1.1);
    float id = hash1(row * 17.3 + board * 3.1), grain = noise2(vec3(x * 3.0, p.z * 40.0, id * 10.0));
    c *= 0.72 + 0.35 * id + 0.35 * (grain - 0.5);
    float e = min(fract(p.z / w), 1.0 - fract(p.z / w)) * w;
    float e2 = min(fract(x / 1.1), 1.0 - fract(x / 1.1)) * 1.1;
    return c * (0.55 + 0.45 * smoothstep(0.0, 0.006, min(e, e2)));
  }
  if (floorStyle == 1) {  // tiles
    vec2 q = p.xz / 0.45, f = min(fract(q), 1.0 - fract(q)) * 0.45;
    c *= 0.9 + 0.2 * hash3(vec3(floor(q), 1.0)) + 0.1 * (valueNoise(p * 6.0) - 0.5);
    return c * (0.7 + 0.3 * smoothstep(0.0, 0.008, min(f.x, f.y)));
  }
  if (floorStyle == 2)  // carpet
    return c * (0.85 + 0.3 * noise3(p * 9.0) + 0.15 * (hash3(floor(p * 260.0)) - 0.5));
  if (floorStyle == 3) {  // linoleum with welded seams
    float seam = min(fract(p.z / 1.6), 1.0 - fract(p.z / 1.6)) * 1.6;
    c *= 0.93 + 0.1 * noise2(p * 3.0) + 0.16 * (step(0.86, valueNoise(p * 55.0)) - 0.14);
    return c * (0.85 + 0.15 * smoothstep(0.0, 0.006, seam));
  }
  if (floorStyle == 4) {  // sports floor with coloured lines
    c *= 0.95 + 0.08 * noise2(p * 4.0);
    if (abs(p.z + 0.9) < 0.025) c = vec3(0.7, 0.7, 0.68);
    if (abs(p.x - 1.7) < 0.025) c = vec3(0.55, 0.12, 0.1);
    return c;
  }
  if (floorStyle == 5) {  // parquet blocks
    vec2 cell = floor(p.xz / 0.4);
    bool turned = mod(cell.x + cell.y, 2.0) < 0.5;
    vec2 q = turned ? p.xz : p.zx;
    float id = hash1(floor(q.y / 0.1) * 7.3 + cell.x * 3.7 + cell.y * 11.1);
    c *= 0.75 + 0.3 * id + 0.25 * (noise2(vec3(q.x * 4.0, q.y * 50.0, id * 9.0)) - 0.5);
    float e = min(min(fract(q.y / 0.1), 1.0 - fract(q.y / 0.1)) * 0.1,
                  min(fract(q.x / 0.4), 1.0 - fract(q.x / 0.4)) * 0.4);
    return c * (0.6 + 0.4 * smoothstep(0.0, 0.005, e));
  }
  if (floorStyle == 6)  // grass
    return c * (0.55 + 0.5 * noise3(p * 14.0) + 0.5 * hash3(floor(p * vec3(70.0, 1.0, 130.0))));
  vec2 q = p.xz / vec2(0.6, 0.4);  // paving
  q.x += 0.5 * mod(floor(q.y), 2.0);
  vec2 f = min(fract(q), 1.0 - fract(q)) * 0.5;
  c *= 0.8 + 0.3 * hash3(vec3(floor(q), 4.0)) + 0.2 * (noise3(p * 30.0) - 0.5);
  return c * (0.55 + 0.45 * smoothstep(0.0, 0.015, min(f.x, f.y)));
}
vec3 floorTexture(vec3 p) {
  vec3 c = plainFloor(p);
  for (int k = 0; k < nRugs; k++) {
    float yaw = rugs[2 * k + 1].y, cy = cos(yaw), sy = sin(yaw);
    vec2 d = p.xz - rugs[2 * k].xy;
    c = rugTexture(k, vec2(cy * d.x - sy * d.y, sy * d.x + cy * d.y), p, c);
  }
  return c;
}
vec3 panelTexture(int kind, vec2 q, vec2 half_, float seed, vec3 wall, out float glow) {
  glow = 0.0;
  float border = max(abs(q.x) - half_.x, abs(q.y) - half_.y);
  if (kind == 0) {  // picture
    vec3 hue = 0.45 + 0.3 * cos(6.28 * (vec3(0.0, 0.33, 0.67) * 0.5 + seed + 0.7 * noise3(vec3(q * 3.0, seed * 9.0))));
    vec3 c = mix(hue, vec3(0.75, 0.73, 0.68), smoothstep(-0.09, -0.08, border));
    return mix(c, vec3(0.13, 0.1, 0.08) + 0.3 * hash1(seed * 9.0) * vec3(1.0, 0.8, 0.6), step(-0.025, border));
  }
  if (kind == 1) {  // door with frame and handle
    vec3 wood = mix(vec3(0.62, 0.47, 0.32), vec3(0.74, 0.73, 0.7), step(0.5, seed));
    vec3 c = wood * (0.9 + 0.15 * valueNoise(vec3(q.x * 30.0, q.y * 2.0, seed)));
    vec2 inner = abs(abs(q) - vec2(0.0, half_.y * 0.45)) - vec2(half_.x * 0.6, half_.y * 0.33);
    if (abs(max(inner.x, inner.y)) < 0.008) c *= 0.75;
    if (length((q - vec2(half_.x * 0.72, -0.02)) / vec2(0.055, 0.018)) < 1.0) c = vec3(0.35);
    return border > -0.05 ? wood * 0.7 : c;
  }
  if (kind == 2) {  // window: bright outside, cross bars
    if (border > -0.045 || abs(q.x) < 0.02 || abs(q.y - half_.y * 0.3) < 0.016) return vec3(0.85, 0.85, 0.83);
    glow = 1.0;
    vec3 outside = mix(vec3(0.35, 0.45, 0.25), vec3(0.75, 0.87, 1.0), smoothstep(-0.35, 0.1, q.y + 0.25 * noise2(vec3(q * 4.0, seed))));
    return outside;
  }
  if (kind == 3) {  // notice board with sheets
    vec3 c = vec3(0.55, 0.42, 0.28) * (0.85 + 0.3 * hash3(floor(vec3(q * 150.0, 1.0))));
    vec2 cell = floor(q / vec2(0.26, 0.34)), f = fract(q / vec2(0.26, 0.34)) - 0.5;
    float h = hash1(cell.x * 3.1 + cell.y * 7.7 + seed * 5.0);
    if (max(abs(f.x), abs(f.y)) < 0.38 && h > 0.3) c = 0.7 + 0.25 * cos(6.28 * (vec3(0.0, 0.33, 0.67) + h));
    return border > -0.03 ? vec3(0.5) : c;
  }
  if (kind == 4) return vec3(0.42, 0.3, 0.2) * (0.9 + 0.1 * noise2(vec3(q * 20.0, 1.0))) * (1.0 - 0.5 * step(half_.y - 0.012, abs(q.y)));  // rail
  if (kind == 5) return vec3(0.55, 0.62, 0.66) * (0.75 + 0.1 * noise2(vec3(q * 2.0, seed)));  // mirror, dull
  if (kind == 6) {  // curtain
    vec3 hue = 0.5 + 0.25 * cos(6.28 * (vec3(0.0, 0.33, 0.67) + seed));
    return hue * (0.7 + 0.3 * sin(q.x * 55.0 + 2.0 * sin(q.x * 17.0)));
  }
  if (kind == 7) {  // wall bars of a gym
    bool bar = fract(q.y / 0.14) < 0.3 || abs(abs(q.x) - half_.x) < 0.04;
    return bar ? vec3(0.62, 0.45, 0.26) * (0.85 + 0.2 * valueNoise(vec3(q * 12.0, seed))) : wall * 0.72;
  }
  vec2 t = q / vec2(0.15, 0.15), g = min(fract(t), 1.0 - fract(t));  // wall tiles
  return vec3(0.78, 0.8, 0.8) * (0.94 + 0.08 * hash3(vec3(floor(t), seed))) * (0.8 + 0.2 * smoothstep(0.0, 0.05, min(g.x, g.y)));
}
vec3 wallTexture(vec3 p, vec3 n, out float glow) {
  glow = 0.0;
  if (wallStyle == 2) {  // out of doors: hedge below, sky above
    if (n.y < -0.5 || p.y > 1.7 + 0.35 * noise2(vec3(p.xz * 1.3, 1.0))) { glow = 0.55; return skyColour; }
    return vec3(0.16, 0.25, 0.1) * (0.35 + 1.1 * noise3(p * 7.0) + 0.3 * hash3(floor(p * 40.0)));
  }
  if (n.y < -0.5) {
    vec2 t = p.xz / 0.6, f = min(fract(t), 1.0 - fract(t));
    return vec3(0.82) * (wallStyle == 1 ? 0.82 + 0.18 * smoothstep(0.0, 0.03, min(f.x, f.y)) : 1.0);
  }
  float u = abs(n.x) > 0.5 ? p.z : p.x;
  vec3 c = wallColour * (0.96 + 0.08 * valueNoise(p * 3.0) + 0.02 * hash3(floor(p * 120.0)));
  if (wallStyle == 1 && p.y < 1.0) c *= vec3(0.72, 0.8, 0.82);  // clinic: darker paint below
  if (wallStyle == 3) c *= 0.93 + 0.07 * step(0.5, fract(u * 6.0));  // striped paper
  if (wallStyle == 4) {  // painted bricks
    vec2 b = vec2(u / 0.22, p.y / 0.075);
    b.x += 0.5 * mod(floor(b.y), 2.0);
    vec2 f = min(fract(b), 1.0 - fract(b)) * vec2(0.22, 0.075);
    c *= (0.9 + 0.15 * hash3(vec3(floor(b), 2.0))) * (0.8 + 0.2 * smoothstep(0.0, 0.008, min(f.x, f.y)));
  }
  if (p.y < 0.09) c = mix(vec3(0.8, 0.79, 0.76), wallColour * 0.5, step(0.5, float(wallStyle == 1))) * (0.75 + 0.25 * smoothstep(0.09, 0.08, p.y));
  int wall = n.x > 0.5 ? 0 : n.x < -0.5 ? 1 : n.z > 0.5 ? 2 : 3;
  for (int k = 0; k < nPanels; k++) {
    vec4 a = panels[2 * k], b = panels[2 * k + 1];
    vec2 q = vec2(u, p.y) - a.yz;
    if (int(a.x) != wall || abs(q.x) > b.x || abs(q.y) > b.y) continue;
    float g;
    c = panelTexture(int(a.w), q, b.xy, b.z, wallColour, g);
    glow = g * b.w;
  }
  return c;
}
vec3 boxTexture(int i, vec3 q) {
  vec4 b = boxes[4 * i + 2];
  vec3 c = b.rgb;
  int pattern = int(b.w);
  if (pattern == 1) return c * (0.8 + 0.4 * valueNoise(vec3(q.x * 4.0, q.y * 30.0, q.z * 30.0)));  // wood
  if (pattern == 2) return c * (0.8 + 0.25 * valueNoise(q * 90.0) + 0.2 * valueNoise(q * 10.0));    // cloth
  if (pattern == 3) {  // books
    float id = hash1(floor(q.x / 0.045) + 3.0 * floor(q.y / 0.3));
    if (fract(q.y / 0.3) > 0.85) return vec3(0.4, 0.3, 0.2);
    return (0.25 + 0.35 * id) * (0.6 + 0.45 * cos(6.28 * (vec3(0.0, 0.2, 0.35) + hash1(id * 31.0))));
  }
  if (pattern == 4) {  // screen
    vec3 s = 0.3 + 0.5 * vec3(step(0.4, hash3(floor(vec3(q.xy * vec2(40.0, 60.0), 3.0)))));
    return abs(q.z) > 0.005 && q.z > 0.0 ? mix(vec3(0.25, 0.42, 0.62), s, 0.45) * 1.5 : vec3(0.06);
  }
  if (pattern == 5) {  // cupboard doors
    float e = min(fract(q.x / 0.5 + 0.5), 1.0 - fract(q.x / 0.5 + 0.5)) * 0.5;
    return c * (0.75 + 0.25 * smoothstep(0.0, 0.01, e));
  }
  return c * (0.96 + 0.06 * valueNoise(q * 25.0));
}

// ---------------------------------------------------------------- light
vec3 shade(vec3 albedo, vec3 n, vec3 p, vec3 rd, float lit, float open, float gloss) {
  vec3 toLight = lightPos - p;
  float dist = length(toLight);
  vec3 L = toLight / dist, h = normalize(L - rd);
  vec3 key = lightColour * max(dot(n, L), 0.0) / (1.0 + lightFall * dist * dist);
  vec3 sky = skyColour * ambient * (0.6 + 0.4 * n.y);
  vec3 bounce = (floorColour * 0.9 + 0.25) * ambient * (0.5 - 0.5 * n.y);
  vec3 fill = vec3(0.6, 0.7, 0.9) * 0.45 * ambient * max(0.0, dot(n, normalize(vec3(-0.6, 0.25, 0.75))));
  float shine = pow(max(dot(n, h), 0.0), 24.0) * gloss * lit;
  return albedo * (key * lit + (sky + bounce + fill) * open) + shine * lightColour * 0.5;
}

// ---------------------------------------------------------------- bodies' surfaces
vec3 facePaint(vec3 c, vec3 h, vec3 brow, float childlike) {
  if (h.z <= 0.1) return c;
  float ey = mix(0.02, -0.12, childlike), ex = mix(0.33, 0.36, childlike), es = mix(1.0, 1.25, childlike);
  vec2 e = vec2(abs(h.x) - ex, h.y - ey) / es;
  float el = length(e / vec2(0.145, 0.075));
  c = mix(c, c * 0.72, smoothstep(1.9, 1.0, el) * 0.6);  // socket
  if (el < 1.0) {
    c = mix(vec3(0.06, 0.04, 0.03), vec3(0.88, 0.87, 0.85), smoothstep(0.055, 0.07, length(e)));
    c *= 0.6 + 0.4 * smoothstep(0.07, 0.0, e.y);
  }
  if (abs(el - 1.05) < 0.16 && e.y > 0.0) c = vec3(0.10, 0.06, 0.05);  // lashes
  vec2 b = vec2(abs(h.x) - ex, h.y - ey - 0.20 * es - 0.04 * (1.0 - pow((abs(h.x) - ex) / 0.2, 2.0)));
  if (abs(b.x) < 0.18 && abs(b.y) < mix(0.035, 0.022, childlike)) c = mix(c, brow, 0.85);
  vec2 mouth = vec2(h.x, h.y - mix(-0.52, -0.55, childlike) + 0.10 * h.x * h.x);
  if (length(mouth / vec2(mix(0.25, 0.2, childlike), 0.07)) < 1.0)
    c = vec3(0.62, 0.24, 0.22) * mix(1.0, c.r * 1.1, 0.4) * (abs(mouth.y) < 0.012 ? 0.45 : 1.0);
  vec2 nostril = vec2(abs(h.x) - 0.07, h.y - mix(-0.27, -0.33, childlike));
  if (length(nostril / vec2(0.045, 0.025)) < 1.0) c *= 0.45;
  float cheek = length((vec2(abs(h.x) - 0.42, h.y + 0.3)) / vec2(0.25, 0.2));
  return mix(c, c * vec3(1.05, 0.82, 0.78), 0.35 * smoothstep(1.0, 0.2, cheek));
}
vec3 bodyColour(int i, vec3 p, inout vec3 n, out float gloss) {
  vec4 v0 = shapes[4 * i], v1 = shapes[4 * i + 1], v2 = shapes[4 * i + 2], v3 = shapes[4 * i + 3];
  int m = int(v2.x);
  vec4 m0 = materials[2 * m], m1 = materials[2 * m + 1];
  vec3 c = m0.rgb, q;
  int pattern = int(m0.w);
  gloss = 0.02;
  if (v2.z < 0.5) {  // along the cone, turned so that textures stay with the limb
    vec3 axis = normalize(v1.xyz - v0.xyz + 1e-6), ref = v3.xyz - axis * dot(v3.xyz, axis);
    ref = normalize(ref + 1e-6);
    q = vec3(dot(p - v0.xyz, ref), dot(p - v0.xyz, axis), dot(p - v0.xyz, cross(axis, ref)));
  } else q = unrotate(v3, p - v0.xyz);
  if (pattern == 1) { gloss = 0.10; return c * (0.95 + 0.1 * noise3(q * 30.0)); }  // skin
  if (pattern == 2 || pattern == 3) {  // cloth with folds; 3 has stripes
    float e = 0.01, f0 = noise3(q * 14.0);
    vec3 g = vec3(noise3((q + vec3(e, 0, 0)) * 14.0), noise3((q + vec3(0, e, 0)) * 14.0),
                  noise3((q + vec3(0, 0, e)) * 14.0));
    g = (g - f0) / e;
    n = normalize(n - (g - n * dot(g, n)) * 0.028);
    if (pattern == 3) c = mix(m0.rgb, m1.rgb, step(0.5, fract(q.y / m1.w)));
    else if (m1.w > 0.0) c = mix(c, m1.rgb, 0.35 * (noise3(q * 40.0) - 0.2));
    gloss = 0.0;
    return c * (0.86 + 0.28 * noise3(q * 90.0) + 0.10 * (f0 - 0.5));
  }
  if (pattern == 4) {  // hair
    float s = valueNoise(vec3(q.x * 160.0, q.y * 18.0, q.z * 160.0));
    n = normalize(n + 0.25 * vec3(s - 0.5, 0, s - 0.5));
    gloss = 0.12;
    return c * (0.65 + 0.7 * s);
  }
  if (pattern == 5) {  // face: local coordinates in head heights
    gloss = 0.10;
    return facePaint(c * (0.96 + 0.08 * noise3(q * 40.0)), q / v1.y, m1.rgb, m1.w);
  }
  if (pattern == 6) { gloss = 0.06; return c * (0.9 + 0.2 * noise3(q * 50.0)); }       // shoe
  if (pattern == 7) { gloss = 0.6; return c * (0.8 + 0.4 * max(0.0, n.y)); }           // metal
  if (pattern == 8) { gloss = 0.05; return c; }                                        // rubber
  if (pattern == 9) {  // fur
    float s = valueNoise(q * vec3(90.0, 25.0, 90.0));
    n = normalize(n + 0.3 * (s - 0.5));
    return c * (0.6 + 0.7 * s);
  }
  if (pattern == 10) { gloss = 0.3; return mix(c, m1.rgb, step(0.5, fract(3.0 * atan(q.z, q.x) / 6.2832))); }  // ball
  if (pattern == 11) { gloss = 0.02; return c * (0.75 + 0.25 * sin(q.x * 60.0)); }     // curtain
  return c;
}

// ---------------------------------------------------------------- the picture
vec3 pixelRay() {
  vec2 px = (gl_FragCoord.xy + jitter - 0.5 * res) / focal;
  px *= 1.0 + distortion * dot(px, px);
  return normalize(camX * px.x + camY * px.y + camZ);
}
vec3 backdrop(vec3 ro, vec3 rd, out float depth) {
  vec3 tt = (mix(roomLo, roomHi, step(vec3(0.0), rd)) - ro) / (rd + vec3(1e-7)), nb, bq = vec3(0.0), bn;
  depth = min(tt.x, min(tt.y, tt.z));
  if (depth == tt.y) nb = vec3(0, -sign(rd.y), 0);
  else if (depth == tt.x) nb = vec3(-sign(rd.x), 0, 0);
  else nb = vec3(0, 0, -sign(rd.z));
  int hit = -1;
  for (int i = 0; i < nBoxes; i++) {
    vec4 b1 = boxes[4 * i + 1];
    vec3 o = intoBox(i, ro - boxes[4 * i].xyz), d = intoBox(i, rd), m = 1.0 / (d + vec3(1e-7));
    vec3 k = abs(m) * b1.xyz, t1 = -m * o - k, t2 = -m * o + k;
    float near = max(max(t1.x, t1.y), t1.z), far = min(min(t2.x, t2.y), t2.z);
    if (near >= far || near <= 0.02 || near >= depth) continue;
    depth = near;
    hit = i;
    bq = o + d * near;
    vec3 nn = -sign(d) * step(t1.yzx, t1.xyz) * step(t1.zxy, t1.xyz);
    vec3 dd = max(abs(bq) - (b1.xyz - b1.w), 0.0) * sign(bq);  // rounded look at the edges
    if (b1.w > 0.0) nn = normalize(mix(nn, normalize(dd + 1e-5 * nn), step(1e-4, dot(dd, dd))));
    vec2 cs = boxes[4 * i + 3].xy;
    bn = vec3(cs.x * nn.x + cs.y * nn.z, nn.y, -cs.y * nn.x + cs.x * nn.z);
  }
  vec3 p = ro + rd * depth, albedo;
  float glow = 0.0, open, gloss = 0.03;
  if (hit >= 0) { nb = bn; albedo = boxTexture(hit, bq); }
  else if (nb.y > 0.5) { albedo = floorTexture(p); gloss = floorStyle == 1 || floorStyle == 3 ? 0.15 : 0.04; }
  else albedo = wallTexture(p, nb, glow);
  vec3 toLight = lightPos - p, L = normalize(toLight);
  float lit = capsuleLight(p + nb * 0.002, nb, L, open);
  lit = min(lit, boxLight(p + nb * 0.004, L, length(toLight), hit));
  if (hit < 0) {
    vec3 e = min(p - roomLo, roomHi - p) + abs(nb) * 9.0;
    open *= boxOpenness(p) * mix(0.7, 1.0, smoothstep(0.0, 0.5, min(e.x, min(e.y, e.z))));
  }
  return shade(albedo, nb, p, rd, mix(1.0, lit, 0.8), open, gloss) + albedo * glow * 2.2;
}
uvec2 groupsOnRay(vec3 ro, vec3 rd, out float first, out float last) {
  uvec2 mask = uvec2(0u);
  first = 1e9;
  last = 0.0;
  for (int g = 0; g < nGroups; g++) {
    vec4 a = groups[2 * g], b = groups[2 * g + 1];
    if (rayToSegment(ro, rd, a.xyz, b.xyz) >= a.w) continue;
    vec3 c = 0.5 * (a.xyz + b.xyz) - ro;
    float R = 0.5 * length(a.xyz - b.xyz) + a.w, tc = dot(c, rd);
    float h = sqrt(max(R * R - dot(c, c) + tc * tc, 0.0));
    addGroup(mask, g);
    first = min(first, tc - h);
    last = max(last, tc + h);
  }
  return mask;
}
vec3 bodySurface(vec3 p, vec3 rd, float pixel, uvec2 mask) {
  vec2 e = vec2(1, -1) * max(0.0012, 0.6 * pixel);
  vec3 n = normalize(e.xyy * bodies(p + e.xyy, mask) + e.yyx * bodies(p + e.yyx, mask)
                   + e.yxy * bodies(p + e.yxy, mask) + e.xxx * bodies(p + e.xxx, mask));
  vec3 sn = n, L = normalize(lightPos - p);
  float gloss;
  vec3 c = bodyColour(nearestShape(p, mask), p, sn, gloss);
  uvec2 close = uvec2(0u), towards = uvec2(0u);
  for (int g = 0; g < nGroups; g++) {
    vec4 a = groups[2 * g], b = groups[2 * g + 1];
    vec3 u = b.xyz - a.xyz, w = p - a.xyz;
    float h = clamp(dot(u, w) / (dot(u, u) + 1e-6), 0.0, 1.0);
    if (length(w - u * h) < a.w + 0.20) addGroup(close, g);
    if (rayToSegment(p + n * 0.006, L, a.xyz, b.xyz) < a.w) addGroup(towards, g);
  }
  float open = 0.0, weight = 1.0;
  for (int i = 1; i <= 3; i++) {
    float h = 0.03 * float(i) * float(i);
    open += weight * clamp(h - bodies(p + n * h, close), 0.0, h) / h;
    weight *= 0.6;
  }
  open = clamp(1.0 - 0.5 * open, 0.25, 1.0);
  float lit = 1.0, t = 0.03;
  if (dot(n, L) > 0.0) for (int i = 0; i < 9; i++) {
    float d = bodies(p + n * 0.006 + L * t, towards);
    lit = min(lit, 0.5 + 7.0 * d / t);
    t += clamp(d, 0.03, 0.15);
    if (lit < 0.0 || t > 0.9) break;
  }
  vec3 shaded = shade(c, sn, p, rd, clamp(lit, 0.0, 1.0), open, gloss);
  return shaded + c * 0.18 * ambient * pow(1.0 - max(0.0, dot(-rd, n)), 3.0);
}
void main() {
  vec3 rd = pixelRay(), ro = camPos;
  float depth, first, last, pix = 1.0 / focal;
  vec3 col = backdrop(ro, rd, depth);
  uvec2 mask = groupsOnRay(ro, rd, first, last);
  if ((mask.x | mask.y) != 0u) {
    last = min(last, depth);
    float t = max(first, 0.05), best = 1e3, tBest = t;
    bool hit = false;
    for (int i = 0; i < 64; i++) {
      float d = bodies(ro + rd * t, mask), misses = d / (pix * t);
      if (misses < best) { best = misses; tBest = t; }
      if (misses < 0.25) { hit = true; break; }
      t += d * 0.92;
      if (t > last) break;
    }
    float cover = hit ? 1.0 : clamp(0.75 - best, 0.0, 1.0);
    if (cover > 0.0 && tBest < depth) {
      t = hit ? t : tBest;
      col = mix(col, bodySurface(ro + rd * t, rd, pix * t, mask), cover);
    }
  }
  col *= exposure;
  col = col / (1.0 + 0.22 * col);
  fragColor = vec4(pow(clamp(col, 0.0, 1.0), vec3(1.0 / 2.2)), 1.0);
}
